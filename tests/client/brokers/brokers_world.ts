import { AsyncNameServerClient } from "../../../mod.ts";
import type { BrokerData } from "../../../src/model/broker_data.ts";
import { RequestCode } from "../../../src/protocol/codes.ts";
import type { AnswerInit, RemotingCommand } from "../../../src/protocol/command.ts";
import { encodeUtf8 } from "../../../src/protocol/utf8.ts";
import { createRemote } from "../../../src/remote/create_remote.ts";
import type { RemoteOptions } from "../../../src/remote/options.ts";
import type { ScriptedConnection } from "../../remote/scripted_connection.ts";
import { ScriptedPeer } from "../../remote/scripted_peer.ts";

const NAME_SERVER = "ns:9876";

/** What a broker does when it is asked how it does: answers, or leaves it at that. */
export type BrokerScript = AnswerInit | "silent" | "refuses";

/** What a broker of this version answers. */
export function runtimeInfo(version: number, figures: Readonly<Record<string, string>> = {}): AnswerInit {
  return { body: encodeUtf8(JSON.stringify({ table: { brokerVersion: `${version}`, ...figures } })) };
}

/** A NameServer, and the brokers that it lists, played in memory. */
export class BrokersWorld {
  readonly peer: ScriptedPeer;
  /** What the NameServer lists. */
  brokers: readonly BrokerData[] = [];
  /** What brokers do, by their addresses; the others are of version 5.3.3. */
  readonly scripts: Map<string, BrokerScript> = new Map();

  constructor() {
    this.peer = new ScriptedPeer({ dial: (address) => this.#dial(address), serve: (request, to) => this.#serve(request, to) });
  }

  /** A client of the NameServer. */
  connect(options: RemoteOptions = {}): AsyncNameServerClient {
    return new AsyncNameServerClient(createRemote(NAME_SERVER, { adapter: this.peer, ...options }));
  }

  #dial(address: string): void {
    if (this.scripts.get(address) === "refuses") throw Object.assign(new Error("connection refused"), { code: "ECONNREFUSED" });
  }

  #serve(request: RemotingCommand, connection: ScriptedConnection): void {
    if (request.code === RequestCode.GET_BROKER_CLUSTER_INFO) return connection.answer(request, { body: this.#clusterInfo() });
    const script = this.scripts.get(connection.address) ?? runtimeInfo(479);
    if (typeof script !== "string") connection.answer(request, script);
  }

  #clusterInfo(): Uint8Array {
    const brokerAddrTable = Object.fromEntries(this.brokers.map((broker) => [broker.brokerName, broker]));
    return encodeUtf8(JSON.stringify({ brokerAddrTable, clusterAddrTable: { c: Object.keys(brokerAddrTable) } }));
  }
}
