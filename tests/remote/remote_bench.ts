import { assertEquals } from "@std/assert";
import { createRequest, type RemotingCommand } from "../../src/protocol/command.ts";
import { createRemote } from "../../src/remote/create_remote.ts";
import type { Addresses } from "../../src/remote/address.ts";
import type { RemoteEvent } from "../../src/remote/events.ts";
import { REMOTE_DEFAULTS, type RemoteOptions } from "../../src/remote/options.ts";
import type { Remote, RequestOptions } from "../../src/remote/remote.ts";
import { type Script, ScriptedPeer } from "./scripted_peer.ts";

const TOPIC_LIST = 206;
const PUT_KV_CONFIG = 100;

/** What a {@link RemoteBench} is made of. */
export interface BenchInit extends Script {
  /** @default {"a:1"} */
  readonly addresses?: Addresses;
  readonly options?: RemoteOptions;
}

/** A call that was made through a bench. */
interface Made {
  readonly startedAt: number;
  readonly timeoutMs: number;
  settledAt: number | undefined;
}

/** Calls are looked at when their deadline is long over: the machine may be busy. */
const SLACK_MS = 3000;

/**
 * A remote whose servers are played by the test. Its end closes the remote, and checks that every call has settled, by its deadline, and
 * that no socket is left.
 */
export class RemoteBench implements AsyncDisposable {
  readonly peer: ScriptedPeer;
  readonly remote: Remote;
  /** All that happened. */
  readonly events: RemoteEvent[] = [];
  readonly #reading: Promise<void>;
  readonly #made: Made[] = [];
  readonly #timeoutMs: number;

  constructor({ addresses = "a:1", options, ...script }: BenchInit = {}) {
    this.peer = new ScriptedPeer(script);
    this.#timeoutMs = options?.timeoutMs ?? REMOTE_DEFAULTS.timeoutMs;
    this.remote = createRemote(addresses, { adapter: this.peer, backoff: () => 1, ...options });
    this.#reading = this.#readEvents();
  }

  /** Sends a request that may be repeated. */
  read(options: RequestOptions = {}): Promise<RemotingCommand> {
    return this.#watched(this.remote.request(createRequest(TOPIC_LIST), { idempotent: true, ...options }), options);
  }

  /** Sends a request that may not. */
  write(options: RequestOptions = {}): Promise<RemotingCommand> {
    return this.#watched(this.remote.request(createRequest(PUT_KV_CONFIG), options), options);
  }

  /** Events of a type so far. */
  eventsOf<T extends RemoteEvent["type"]>(type: T): readonly Extract<RemoteEvent, { readonly type: T }>[] {
    return this.events.filter((event): event is Extract<RemoteEvent, { readonly type: T }> => event.type === type);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.remote.close();
    await this.#reading;
    await turn();
    const late = this.#made.filter(({ startedAt, timeoutMs, settledAt = Infinity }) => settledAt - startedAt > timeoutMs + SLACK_MS);
    assertEquals(late, [], "calls have not settled, or not by their deadline");
    assertEquals(this.peer.open.map((connection) => connection.address), [], "sockets were left open");
  }

  #watched<T>(call: Promise<T>, { timeoutMs = this.#timeoutMs }: RequestOptions): Promise<T> {
    const made: Made = { startedAt: performance.now(), timeoutMs, settledAt: undefined };
    this.#made.push(made);
    const note = (): void => void (made.settledAt = performance.now());
    call.then(note, note);
    return call;
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
