import type { RemotingCommand } from "../protocol/command.ts";
import { checkTimeout } from "../remote/options.ts";
import type { Remote, RequestOptions } from "../remote/remote.ts";
import type { CallOptions } from "../request/call_options.ts";
import type { PerServer } from "../request/name_server_api.ts";
import { collectAnswers } from "../request/per_server.ts";
import { readAnswer } from "../request/read_answer.ts";
import type { RequestSpec } from "../request/request_spec.ts";
import { serversToAsk } from "./servers_to_ask.ts";

/** Performs requests of the table on a remote: one server, or every one, as the request wants it. */
export class Asker {
  readonly #remote: Remote;
  readonly #timeout: { readonly timeoutMs?: number };
  readonly #defaults: { readonly read: RequestOptions; readonly write: RequestOptions };

  /** @param timeoutMs Default of a call's. @throws {RangeError} If it is out of its range. */
  constructor(remote: Remote, timeoutMs: number | undefined) {
    this.#remote = remote;
    this.#timeout = timeoutMs === undefined ? {} : { timeoutMs: checkTimeout("timeoutMs", timeoutMs) };
    this.#defaults = { read: { ...this.#timeout, idempotent: true }, write: { ...this.#timeout, idempotent: false } };
  }

  /** The answer of one server, or of each, by its address. */
  ask<P, R>(spec: RequestSpec<P, R>, params: P, options?: CallOptions): Promise<R | PerServer<R>> {
    return spec.target === "one" ? this.#askOne(spec, params, options) : this.#askAll(spec, params, options);
  }

  /** No async function: what one keeps for each call in flight is a fifth of the cost of a call where there are a thousand of them. */
  #askOne<P, R>(spec: RequestSpec<P, R>, params: P, options?: CallOptions): Promise<R> {
    try {
      return this.#send(spec, spec.encode(params), params, options);
    } catch (misuse) {
      return Promise.reject(misuse);
    }
  }

  /** NameServers do not tell each other: what is to hold everywhere is said to each. */
  async #askAll<P, R>(spec: RequestSpec<P, R>, params: P, options?: CallOptions): Promise<PerServer<R>> {
    const command = spec.encode(params); // misuse is told before anybody is asked who there is
    const { addresses, ...rest } = await serversToAsk(this.#remote, spec.operation, { ...this.#timeout, ...options });
    const asked = addresses.map((address) => this.#send(spec, command, params, { ...options, ...rest, address }));
    const results = await Promise.allSettled(asked);
    return collectAnswers(spec, addresses.map((address, i) => ({ address, result: results[i]! })));
  }

  #send<P, R>(spec: RequestSpec<P, R>, command: RemotingCommand, params: P, options?: CallOptions): Promise<R> {
    const defaults = this.#defaults[spec.idempotent ? "read" : "write"];
    const response = this.#remote.request(command, options === undefined ? defaults : { ...defaults, ...options });
    return response.then((answer) => readAnswer(spec, answer, params));
  }
}
