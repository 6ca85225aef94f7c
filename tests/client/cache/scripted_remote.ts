import { NameServerClosedError } from "../../../src/errors.ts";
import { EventHub } from "../../../src/remote/event_hub.ts";
import type { RemoteEvent } from "../../../src/remote/events.ts";
import type { Remote, RequestOptions } from "../../../src/remote/remote.ts";
import { createRequest, type RemotingCommand } from "../../../src/protocol/command.ts";
import type { TopicRouteData } from "../../../src/model/topic_route.ts";
import { bodyOf } from "./bodies.ts";

/** One question that was asked. */
export interface Asked {
  readonly topic: string;
  readonly options: RequestOptions;
}

/** A remote whose servers are a function of the test. */
export class ScriptedRemote implements Remote {
  addresses: readonly string[] = ["a:9876"];
  readonly asked: Asked[] = [];
  readonly #hub = new EventHub<RemoteEvent>();
  #closed = false;
  /** What is said to a question. */
  answer: (asked: Asked) => RemotingCommand | Promise<RemotingCommand>;

  constructor(answer: (asked: Asked) => RemotingCommand | Promise<RemotingCommand>) {
    this.answer = answer;
  }

  /** The topics asked for so far. */
  get topics(): readonly string[] {
    return this.asked.map(({ topic }) => topic);
  }

  // deno-lint-ignore require-await -- so that what the script throws is a rejection
  async request(command: RemotingCommand, options: RequestOptions = {}): Promise<RemotingCommand> {
    if (this.#closed) throw new NameServerClosedError("Cannot ask: the client is closed");
    const asked = { topic: command.extFields["topic"]!, options };
    this.asked.push(asked);
    return this.answer(asked);
  }

  oneway(): Promise<void> {
    return Promise.reject(new TypeError("Cannot send: only questions are asked here"));
  }

  setAddresses(): void {}

  publish(event: RemoteEvent): void {
    this.#hub.publish(event);
  }

  /** Whether anybody reads the events. */
  get isRead(): boolean {
    return this.#hub.isRead;
  }

  events(options?: { readonly signal?: AbortSignal }): AsyncIterableIterator<RemoteEvent> {
    return this.#hub.read(options);
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#hub.close();
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** The answer of a server that knows the topic. */
export function has(route: TopicRouteData, address: string = "a:9876"): RemotingCommand {
  return { ...createRequest(0, { body: bodyOf(route) }), address };
}

/** The answer of a server that does not. */
export function denies(address: string = "a:9876"): RemotingCommand {
  return { ...createRequest(17), remark: "no topic", address };
}

/** Lets everything happen that waits for no timer. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}

/** An answer that the test gives later. `Promise.withResolvers` is not in Node 20. */
export function later(): { readonly promise: Promise<RemotingCommand>; resolve(response: RemotingCommand): void } {
  let resolve!: (response: RemotingCommand) => void;
  const promise = new Promise<RemotingCommand>((settle) => resolve = settle);
  return { promise, resolve };
}
