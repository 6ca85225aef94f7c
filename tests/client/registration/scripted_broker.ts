import { type AnswerInit, createRequest, FLAG_ONEWAY, type RemotingCommand } from "../../../src/protocol/command.ts";
import { encodeCommand } from "../../../src/protocol/encode_command.ts";
import type { HeartbeatData } from "../../../src/model/heartbeat_data.ts";
import type { ScriptedConnection } from "../../remote/scripted_connection.ts";
import { Sequence } from "../../remote/sequence.ts";

/** A member of a group, as a broker keeps it. */
interface Member {
  readonly connection: ScriptedConnection;
  readonly subscriptions: readonly { readonly topic: string; readonly subString: string; readonly codeSet: readonly number[] }[];
}

/** A broker played by a test: it keeps clients by group as a real one does, and forgets those whose connection ends. */
export class ScriptedBroker {
  /** Requests, in their order. */
  readonly heard: Sequence<RemotingCommand> = new Sequence();
  /** Heartbeats, in their order. */
  readonly heartbeats: Sequence<HeartbeatData> = new Sequence();
  /** What it does with requests from now on. */
  mode: "serves" | "silent" | AnswerInit = "serves";
  /** Whether dials are refused. */
  down = false;
  /** Whether members of a consumer group hear of each other before the heartbeat's own answer. */
  notifies = false;
  readonly #producers = new Map<string, Map<string, Member>>();
  readonly #consumers = new Map<string, Map<string, Member>>();
  readonly #connections = new Set<ScriptedConnection>();

  /** Clients of a producer group (as 204 answers). */
  producers(group: string): readonly string[] {
    return [...this.#producers.get(group)?.keys() ?? []].sort();
  }

  /** Clients of a consumer group (as 203 and 38 answer). */
  consumers(group: string): readonly string[] {
    return [...this.#consumers.get(group)?.keys() ?? []].sort();
  }

  /** What a client of a consumer group wants. */
  subscriptions(group: string, clientId: string): Member["subscriptions"] {
    return this.#consumers.get(group)?.get(clientId)?.subscriptions ?? [];
  }

  /** Connections that are open. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Stops as a process does that is killed. */
  kill(): void {
    this.down = true;
    for (const connection of this.#connections) {
      this.#forget(connection);
      connection.end();
    }
  }

  /** Starts anew, knowing nobody. */
  restart(): void {
    this.down = false;
  }

  serve(request: RemotingCommand, connection: ScriptedConnection): void {
    if (!this.#connections.has(connection)) {
      this.#connections.add(connection);
      connection.closed.then(() => this.#forget(connection));
    }
    if (this.down) return;
    this.#note(request);
    if (this.mode === "silent") return;
    if (this.mode !== "serves") return connection.answer(request, this.mode);
    connection.answer(request, this.#answer(request, connection));
  }

  #note(request: RemotingCommand): void {
    if (request.code === 34) this.heartbeats.push(JSON.parse(new TextDecoder().decode(request.body)));
    this.heard.push(request);
  }

  #answer(request: RemotingCommand, connection: ScriptedConnection): AnswerInit {
    const { code, extFields } = request;
    switch (code) {
      case 34:
        this.#take(this.heartbeats.all.at(-1)!, connection);
        return { extFields: { IS_SUB_CHANGE: "true" } };
      case 35:
        this.#producers.get(extFields["producerGroup"] ?? "")?.delete(extFields["clientID"]!);
        this.#consumers.get(extFields["consumerGroup"] ?? "")?.delete(extFields["clientID"]!);
        return {};
      case 28:
        return body({ table: { brokerVersionDesc: "V5_3_3" } });
      case 38:
        return body({ consumerIdList: this.consumers(extFields["consumerGroup"]!) });
      case 203:
        return body({ connectionSet: this.consumers(extFields["consumerGroup"]!).map((clientId) => ({ clientId })) });
      case 204:
        return body({ connectionSet: this.producers(extFields["producerGroup"]!).map((clientId) => ({ clientId })) });
      default:
        return { code: 3, remark: ` request type ${code} not supported` };
    }
  }

  #take({ clientID, producerDataSet, consumerDataSet }: HeartbeatData, connection: ScriptedConnection): void {
    for (const { groupName } of producerDataSet) members(this.#producers, groupName).set(clientID, { connection, subscriptions: [] });
    for (const { groupName, subscriptionDataSet } of consumerDataSet) {
      members(this.#consumers, groupName).set(clientID, { connection, subscriptions: subscriptionDataSet });
      if (this.notifies) connection.send(encodeCommand(notification(groupName)));
    }
  }

  #forget(connection: ScriptedConnection): void {
    this.#connections.delete(connection);
    for (const group of [...this.#producers.values(), ...this.#consumers.values()]) {
      for (const [clientId, member] of group) if (member.connection === connection) group.delete(clientId);
    }
  }
}

function members(groups: Map<string, Map<string, Member>>, name: string): Map<string, Member> {
  const found = groups.get(name) ?? new Map<string, Member>();
  groups.set(name, found);
  return found;
}

function body(value: unknown): AnswerInit {
  return { body: new TextEncoder().encode(JSON.stringify(value)) };
}

/** NOTIFY_CONSUMER_IDS_CHANGED (40), one-way, with an opaque of the broker's own that collides with the client's. */
function notification(consumerGroup: string): RemotingCommand {
  return { ...createRequest(40, { extFields: { consumerGroup } }), flag: FLAG_ONEWAY, opaque: 1 };
}
