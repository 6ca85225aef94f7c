/**
 * A value as JSON that Java reads back exactly: as `JSON.stringify` writes it, and bigints as bare integers, which it refuses. Members that
 * are `undefined` are left out.
 */
export function formatJson(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(formatJson).join()}]`;
  return `{${Object.entries(value).filter(([, member]) => member !== undefined).map(formatMember).join()}}`;
}

function formatMember([key, value]: [string, unknown]): string {
  return `${JSON.stringify(key)}:${formatJson(value)}`;
}
