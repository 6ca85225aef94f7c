import { assertEquals } from "@std/assert";
import { createRequest, type RemotingCommand } from "../../src/protocol/command.ts";
import { createRemote } from "../../src/remote/create_remote.ts";
import type { RemoteEvent } from "../../src/remote/events.ts";
import type { RemoteOptions } from "../../src/remote/options.ts";
import type { Remote, RequestOptions } from "../../src/remote/remote.ts";
import { type Script, ScriptedPeer } from "./scripted_peer.ts";

const TOPIC_LIST = 206;
const PUT_KV_CONFIG = 100;

/** What a {@link RemoteBench} is made of. */
export interface BenchInit extends Script {
  /** @default {"a:1"} */
  readonly addresses?: string;
  readonly options?: RemoteOptions;
}

/** A remote whose servers are played by the test. Its end closes the remote, and checks that no socket is left. */
export class RemoteBench implements AsyncDisposable {
  readonly peer: ScriptedPeer;
  readonly remote: Remote;
  /** All that happened. */
  readonly events: RemoteEvent[] = [];
  readonly #reading: Promise<void>;

  constructor({ addresses = "a:1", options, ...script }: BenchInit = {}) {
    this.peer = new ScriptedPeer(script);
    this.remote = createRemote(addresses, { adapter: this.peer, backoff: () => 1, ...options });
    this.#reading = this.#readEvents();
  }

  /** Sends a request that may be repeated. */
  read(options: RequestOptions = {}): Promise<RemotingCommand> {
    return this.remote.request(createRequest(TOPIC_LIST), { idempotent: true, ...options });
  }

  /** Sends a request that may not. */
  write(options: RequestOptions = {}): Promise<RemotingCommand> {
    return this.remote.request(createRequest(PUT_KV_CONFIG), options);
  }

  /** Events of a type so far. */
  eventsOf<T extends RemoteEvent["type"]>(type: T): readonly Extract<RemoteEvent, { readonly type: T }>[] {
    return this.events.filter((event): event is Extract<RemoteEvent, { readonly type: T }> => event.type === type);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.remote.close();
    await this.#reading;
    assertEquals(this.peer.open.map((connection) => connection.address), [], "sockets were left open");
  }

  async #readEvents(): Promise<void> {
    for await (const event of this.remote.events()) this.events.push(event);
  }
}

/** The body of an answer as text. */
export function textOf(response: RemotingCommand): string {
  return new TextDecoder().decode(response.body);
}

/** Lets whatever can go on without time go on. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
