/** The address of a broker as it can be dialled: Java writes IPv6 addresses without brackets. */
export function dialableAddress(address: string): string {
  const colon = address.lastIndexOf(":");
  const host = address.slice(0, Math.max(colon, 0));
  return host.includes(":") && !host.startsWith("[") ? `[${host}]${address.slice(colon)}` : address;
}
