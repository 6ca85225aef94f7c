import type { Addresses } from "./address.ts";
import { addressServer } from "./address_server.ts";

const URL_TEXT = /^\s*https?:\/\//i;

/**
 * What addresses given to a user's `connect` stand for: a `http(s)://…` URL for the address server behind it, all else for itself.
 *
 * @throws {TypeError} If a URL stands beside other addresses, or cannot be used.
 */
export function located(addresses: Addresses): Addresses {
  if (typeof addresses === "string") return URL_TEXT.test(addresses) ? addressServer(addresses.trim()) : addresses;
  const url = Array.isArray(addresses) ? addresses.find((text) => URL_TEXT.test(text)) : undefined;
  if (url === undefined) return addresses;
  if (Array.isArray(addresses) && addresses.length === 1) return addressServer(url.trim());
  throw new TypeError(`Cannot use address server "${url}" beside other addresses: give it alone`);
}
