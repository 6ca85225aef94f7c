import type { ClientRegistration } from "../client/registration/client_registration.ts";
import type { NameServerError } from "../errors.ts";

/** A broker that has come to know a client, has failed, or is told no more. */
export interface BrokerChange {
  /** `host:port` */
  readonly broker: string;
  readonly state: "registered" | "failing" | "left";
  /** Why it fails. */
  readonly error?: string;
}

/** Brokers of a registration as they were seen last, to tell what has changed. */
export class BrokerChanges {
  #seen: ReadonlyMap<string, BrokerChange> = new Map();

  /** What has changed since the last look. */
  look({ brokers, failures }: Pick<ClientRegistration, "brokers" | "failures">): readonly BrokerChange[] {
    const before = this.#seen;
    const now = new Map([
      ...brokers.map((broker): [string, BrokerChange] => [broker, { broker, state: "registered" }]),
      ...[...failures].map(([broker, error]): [string, BrokerChange] => [broker, failing(broker, error)]),
    ]);
    this.#seen = now;
    const changed = [...now.values()].filter(({ broker, state, error }) =>
      before.get(broker)?.state !== state || before.get(broker)?.error !== error
    );
    const left = [...before.keys()].filter((broker) => !now.has(broker)).map((broker): BrokerChange => ({ broker, state: "left" }));
    return [...changed, ...left];
  }
}

function failing(broker: string, error: NameServerError): BrokerChange {
  return { broker, state: "failing", error: error.message };
}
