/** From where an address can be reached, as far as its text tells. */
export type Reach = "loopback" | "unspecified" | "network";

const HOST = /^(?:\[(?<bracketed>.*)\]|(?<bare>.*?))(?::\d*)?$/s;
const LOOPBACK = /^(?:127(?:\.\d+){3}|(?:.*\.)?localhost\.?|[0:]*:0*1|::ffff:127(?:\.\d+){3})$/i;
const UNSPECIFIED = /^(?:0(?:\.0){3}|(?=.*:)[0:]+|::ffff:0(?:\.0){3})$/i;

/**
 * Tells `127.0.0.1:10911` (its own host only) and `0.0.0.0:10911` (no destination at all) from addresses of a network. IPv6 may lack its
 * brackets, as Java writes it.
 */
export function reach(address: string): Reach {
  const { bracketed, bare = "" } = HOST.exec(address)?.groups ?? {};
  const host = bracketed ?? bare;
  if (UNSPECIFIED.test(host)) return "unspecified";
  return LOOPBACK.test(host) ? "loopback" : "network";
}
