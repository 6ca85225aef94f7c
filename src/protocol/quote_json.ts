/**
 * A text as a JSON string. Names of topics and the like rarely have anything to escape, and looking is cheaper than `JSON.stringify`, which is
 * left to do the rest.
 */
export function quoteJson(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || unit > 0x7e || unit === 0x22 || unit === 0x5c) return JSON.stringify(text);
  }
  return `"${text}"`;
}
