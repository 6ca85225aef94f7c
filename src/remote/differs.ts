/** Whether two lists of servers name others; their order is no difference, as nor are they to other clients. */
export function differs(before: readonly string[], after: readonly string[]): boolean {
  return before.length !== after.length || after.some((address) => !before.includes(address));
}
