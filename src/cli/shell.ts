import { AsyncNameServerClient } from "../client/async_client.ts";
import type { MapAddress } from "../client/cache/map_addresses.ts";
import { addressesFromEnvironment } from "../client/environment.ts";
import { NameServerDataParseError, withContext } from "../errors.ts";
import { createRemote } from "../remote/create_remote.ts";
import { located } from "../remote/located.ts";
import type { Remote } from "../remote/remote.ts";
import type { RequestSpec } from "../request/request_spec.ts";
import type { CliIo } from "./io.ts";
import { jsonLine, jsonLines } from "./json_lines.ts";
import { asArguments } from "./misuse.ts";
import { printable } from "./printable.ts";
import { securityOf, type SecurityOptions } from "./security_options.ts";
import { untilInterrupted } from "./until_interrupted.ts";

/** Options that every command has, as commander reads them. */
export interface GlobalOptions extends SecurityOptions {
  /** Servers as given with `-n`, none if it was left out. */
  readonly namesrv: readonly string[];
  /** Deadline of the whole command's question, in milliseconds. */
  readonly timeout: number;
  readonly json?: boolean;
}

/** An answer, and who gave it: NameServers do not replicate, so with several of them it matters. */
export interface Answer<R> {
  readonly value: R;
  /** `host:port` */
  readonly server: string;
}

/** What commands have in common: the options, the way to the servers, the way to the reader. */
export class Shell {
  readonly #io: CliIo;
  readonly #options: () => GlobalOptions;

  /** @param options Asked when a command runs: by then the arguments are read. */
  constructor(io: CliIo, options: () => GlobalOptions) {
    this.#io = io;
    this.#options = options;
  }

  /** Asks one question over a connection of its own: one dial, one round trip, one deadline for both. */
  async ask<P, R>(spec: RequestSpec<P, R>, params: P): Promise<Answer<R>> {
    const command = asArguments(() => spec.encode(params));
    const remote = this.#remote();
    try {
      const response = await remote.request(command, { idempotent: spec.idempotent });
      const { address: server = remote.addresses.join(";") } = response;
      return { value: decode(() => spec.decode(response, params), server), server };
    } finally {
      await remote.close();
    }
  }

  /** A client for commands that ask more than one question or go on, which close it. @param mapAddress Rewrites addresses of brokers. */
  connect(mapAddress?: MapAddress): AsyncNameServerClient {
    const routes = mapAddress && { routes: { mapAddress } };
    return new AsyncNameServerClient(this.#remote(), { timeoutMs: this.#options().timeout, ...routes });
  }

  /** Resolves when a command that goes on is to end. To be called before it begins. */
  untilInterrupted(options: { readonly signal: AbortSignal }): Promise<void> {
    return this.#io.untilInterrupted?.(options) ?? untilInterrupted(options);
  }

  /** Shows one line of many: as JSON where that is asked for, in words otherwise. */
  showLine(value: unknown, inWords: string): void {
    this.#io.write(`${printable(this.#options().json ? jsonLine(value) : inWords)}\n`);
  }

  /** Shows an answer: as JSON where that is asked for, in words otherwise. */
  show(value: unknown, inWords: () => readonly string[]): void {
    const lines = this.#options().json ? jsonLines(value) : inWords().map(printable);
    this.#io.write(lines.map((line) => `${line}\n`).join(""));
  }

  #remote(): Remote {
    const { namesrv, timeout, ...security } = this.#options();
    return asArguments(() => {
      const addresses = located(namesrv.length > 0 ? namesrv : addressesFromEnvironment());
      return createRemote(addresses, { timeoutMs: timeout, ...securityOf(security) });
    });
  }
}

/** What `read` gives; its error names the server. */
function decode<R>(read: () => R, address: string): R {
  try {
    return read();
  } catch (error) {
    throw error instanceof NameServerDataParseError ? withContext(error, { address }) : error;
  }
}
