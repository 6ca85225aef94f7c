/** Text that is the same for values that say the same: order of lists and of members aside; members that are undefined don't count. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value === "object" && value !== null) return `{${canonicalMembers(value).sort().join()}}`;
  return typeof value === "string" ? JSON.stringify(value) : `${value}`;
}

function canonicalMembers(record: object): string[] {
  const members = Object.entries(record).filter(([, value]) => value !== undefined);
  return members.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`);
}
