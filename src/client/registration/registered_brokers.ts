import type { NameServerError } from "../../errors.ts";
import type { RegisteredGroup } from "../../route/registration/registered_group.ts";
import { names } from "./client_heartbeats.ts";
import type { ContactState } from "./contact_state.ts";

/** Addresses of brokers that have accepted a group, and have not failed since. */
export function acceptedBy(contacts: readonly ContactState[], group: RegisteredGroup): readonly string[] {
  return contacts.filter(({ known }) => names(known, group)).map(({ address }) => address);
}

/** Address → why a broker failed last. */
export function failuresOf(contacts: readonly ContactState[]): ReadonlyMap<string, NameServerError> {
  return new Map(contacts.flatMap(({ address, error }) => error === undefined ? [] : [[address, error]]));
}
