import type { Addresses } from "./address.ts";
import { addressServer } from "./address_server.ts";

/** What addresses given to a user's `connect` stand for: a `http(s)://…` URL for the address server behind it, all else for itself. */
export function located(addresses: Addresses): Addresses {
  return typeof addresses === "string" && /^\s*https?:\/\//i.test(addresses) ? addressServer(addresses.trim()) : addresses;
}
