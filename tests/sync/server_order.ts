import type { Serialization } from "../../src/protocol/encode_command.ts";
import type { Faults } from "../../src/server/faults.ts";

/** What a server says instead of its own answer. */
export type Answer =
  | { readonly type: "command"; readonly code: number; readonly remark: string }
  | { readonly type: "body"; readonly text: string; readonly times?: number }
  /** A recorded frame, under the opaque of the request. */
  | { readonly type: "replay"; readonly hex: string; readonly serialization: Serialization }
  /** These bytes, whatever they are. */
  | { readonly type: "bytes"; readonly hex: string }
  | { readonly type: "wrongOpaque" };

/** Faults that can be said in JSON. */
export type SaidFaults = Omit<Faults, "answer"> & { readonly answer?: Answer };

/** A request of a registration, as a broker heard it. */
export interface Heard {
  readonly code: number;
  readonly clientId: string;
  /** Groups that send, and groups that receive: of a heartbeat those that it names, of a goodbye those that leave. */
  readonly producers: readonly string[];
  readonly consumers: readonly string[];
  /** Topics that a heartbeat subscribes to, with their expressions. */
  readonly subscriptions: readonly string[];
}

/** A broker that a NameServer is to list. */
export interface Listed {
  readonly brokerName: string;
  readonly brokerId: number;
  readonly brokerAddr: string;
  readonly topics: readonly string[];
}

/** What the server program is told, one line of JSON each. */
export type ServerOrder =
  & { readonly server: number }
  & (
    | { readonly type: "received" | "heard" | "drop" | "stop" }
    /** Bare: with no broker. On a port: that of a server that was stopped. */
    | { readonly type: "start"; readonly bare: boolean; readonly port?: number }
    | { readonly type: "list"; readonly broker: Listed }
    /** A further address of the server, behind a relay; have it lose what comes over the connections it has; how many it had, and has. */
    | { readonly type: "relay" | "swallow" | "relayed" }
    | { readonly type: "faults"; readonly faults: SaidFaults }
    /** A further address of the server, with TLS. */
    | { readonly type: "tls"; readonly cert: string; readonly key: string }
  );
