const collator = new Intl.Collator("en", { numeric: true });

/** Orders names as people do: `broker-2` before `broker-10`. */
export function naturalOrder(a: string, b: string): number {
  return collator.compare(a, b);
}
