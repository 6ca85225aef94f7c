import { type NameServerError, NameServerTimeoutError, NameServerUnavailableError } from "../../errors.ts";
import type { RegisteredGroup } from "../../route/registration/registered_group.ts";
import type { ContactState } from "./contact_state.ts";
import { acceptedBy } from "./registered_brokers.ts";

/** How the first round of a registration went. */
export interface FirstRoundResult {
  /** Brokers that are to know the group. */
  readonly contacts: readonly ContactState[];
  /** Why there may be none. */
  readonly missing: readonly NameServerError[];
  /** Milliseconds that it had. */
  readonly timeoutMs: number;
}

/** @throws {NameServerUnavailableError} If no broker has accepted the group: `errors` has one entry a topic or broker that failed. */
export function requireAccepted(group: RegisteredGroup, { contacts, missing, timeoutMs }: FirstRoundResult): void {
  if (acceptedBy(contacts, group).length > 0) return;
  const errors = [...missing, ...contacts.flatMap(({ error }) => error ?? [])];
  const why = errors.length > 0
    ? errors.map(({ message }) => message).join("; ")
    : contacts.length > 0
    ? `no broker has answered within ${timeoutMs} ms`
    : `no NameServer lists a ${whichBroker(group)}`;
  const { cannot, operation } = describe(group);
  throw new NameServerUnavailableError(`${cannot}: ${why}`, { errors, operation });
}

/** The error of a registration whose time was over before anybody said which brokers there are. */
export function registrationTimedOut(group: RegisteredGroup, timeoutMs: number): NameServerTimeoutError {
  const { cannot, operation } = describe(group);
  return new NameServerTimeoutError(`${cannot} within ${timeoutMs} ms`, { timeoutMs, operation });
}

function describe({ group, clientId, consumer }: RegisteredGroup): { readonly cannot: string; readonly operation: string } {
  const [role, operation] = consumer === undefined ? ["producer", "registerProducer"] as const : ["consumer", "registerConsumer"] as const;
  return { cannot: `Cannot register ${role} "${group}" as "${clientId}"`, operation };
}

function whichBroker({ consumer, topics }: RegisteredGroup): string {
  return `${consumer === undefined ? "master" : "broker"}${topics === undefined ? "" : " of its topics"}`;
}
