import { type Addresses, parseAddresses } from "../remote/address.ts";
import { isAddressSource } from "../remote/address_source.ts";

/** The addresses of a list, in their normal form. @throws {TypeError} If one cannot be parsed, or they come from a source: it only promises. */
export function listedAddresses(addresses: Addresses): readonly string[] {
  if (!isAddressSource(addresses)) return parseAddresses(addresses);
  throw new TypeError(
    `Cannot use address source "${addresses.name}" in a client that blocks: await its resolve() where you can, and give the addresses`,
  );
}
