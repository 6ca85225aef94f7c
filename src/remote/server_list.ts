import { type NameServerClosedError, NameServerConnectionError, NameServerTimeoutError, NameServerUnavailableError } from "../errors.ts";
import { describeOperation } from "../request/describe_operation.ts";
import { type Addresses, parseAddresses } from "./address.ts";
import { type AddressSource, isAddressSource } from "./address_source.ts";
import type { Deadlines } from "./deadlines.ts";
import { differs } from "./differs.ts";
import { Discovery } from "./discovery.ts";
import type { RemoteEvent } from "./events.ts";
import type { Aborted } from "./outcome.ts";
import type { PolicyCall } from "./policy.ts";
import { reasonOf } from "./reason_of.ts";
import { Servers } from "./servers.ts";
import type { SharedSignal } from "./shared_signals.ts";
import type { Timers } from "./timers.ts";

/** A source is not asked more often than this because of servers that can't be reached. */
const RESCUE_INTERVAL_MS = 1000;

/** What a {@link ServerList} needs of its remote. */
export interface ServerListContext {
  readonly deadlines: Deadlines;
  readonly timers: Timers;
  publish(event: RemoteEvent): void;
  /** These are not on the list any more. */
  onLeft(addresses: readonly string[]): void;
}

/** The servers of a remote: given once and for all, or asked for; and what is known of them. */
export class ServerList {
  readonly servers: Servers;
  readonly #context: ServerListContext;
  #discovery: Discovery | undefined;
  #rescuedAt = -Infinity;

  /** @throws {TypeError} If an address cannot be parsed. @throws {RangeError} If a source's interval is out of its range. */
  constructor(addresses: Addresses, backoff: (attempt: number) => number, context: ServerListContext) {
    this.#context = context;
    const isSource = isAddressSource(addresses);
    this.servers = new Servers(isSource ? [] : parseAddresses(addresses), backoff);
    if (isSource) this.#discovery = this.#discover(addresses);
  }

  /** Other servers, or another source of them; those known stay until it has answered. */
  replace(addresses: Addresses): void {
    const next = isAddressSource(addresses) ? this.#discover(addresses) : parseAddresses(addresses);
    this.#discovery?.close(new Error(`Address source "${this.#discovery.name}" was replaced`));
    this.#discovery = next instanceof Discovery ? next : undefined;
    if (!(next instanceof Discovery)) this.#take(next);
  }

  /** Whether it comes from a source. */
  get isDiscovered(): boolean {
    return this.#discovery !== undefined;
  }

  /** Whether a source has yet to be heard before a call can begin. */
  get isUnasked(): boolean {
    if (this.#discovery === undefined || this.#discovery.hasAnswered) return false;
    return this.servers.addresses.length === 0 || this.#discovery.failure === undefined;
  }

  /**
   * Waits for the source's first answer. One that replaces a known list gets half of the call's time, since there is a list to fall back on.
   *
   * @throws {NameServerUnavailableError} If the source fails and no list is known. @throws {NameServerTimeoutError} If it takes too long.
   */
  async ready(call: PolicyCall, signal: SharedSignal | undefined): Promise<Aborted | undefined> {
    const discovery = this.#discovery!;
    const leftMs = call.startedAt + call.timeoutMs - this.#context.deadlines.now();
    const aborted = await discovery.ask(this.#isEmpty ? leftMs : leftMs / 2, signal);
    if (aborted !== undefined) return aborted;
    if (this.#discovery !== discovery) return this.isUnasked ? await this.ready(call, signal) : undefined;
    if (this.#isEmpty) throw this.#noList(discovery, call);
  }

  /**
   * No server of the list could be dialled: asks the source whether there are others.
   *
   * @param ms How long the call can wait.
   * @returns Whether there are others now.
   */
  async rescue(ms: number, signal: SharedSignal | undefined): Promise<boolean | Aborted> {
    const before = this.servers.addresses;
    if (this.#discovery === undefined || !this.#mayAskAgain()) return false;
    return await this.#discovery.ask(ms, signal) ?? differs(before, this.servers.addresses);
  }

  /** Nobody on the list answers: asks the source whether there are others, for calls to come. */
  refresh(): void {
    if (this.#mayAskAgain()) this.#discovery?.refresh();
  }

  /** Asks no more. */
  close(reason: NameServerClosedError): void {
    this.#discovery?.close(reason);
    this.#discovery = undefined;
  }

  get #isEmpty(): boolean {
    return this.servers.addresses.length === 0;
  }

  #mayAskAgain(): boolean {
    const now = this.#context.deadlines.now();
    if (now - this.#rescuedAt < RESCUE_INTERVAL_MS) return false;
    this.#rescuedAt = now;
    return true;
  }

  #discover(source: AddressSource): Discovery {
    const { deadlines, timers } = this.#context;
    return new Discovery({
      source,
      deadlines,
      timers,
      onList: (addresses) => {
        if (differs(this.servers.addresses, addresses)) this.#take(addresses);
      },
      onFailure: (error) => {
        const message = `Kept the list of servers: address source "${source.name}" failed: ${reasonOf(error)}`;
        this.#context.publish({ type: "warning", about: "address-source", message, error });
      },
    });
  }

  #take(addresses: readonly string[]): void {
    this.#context.onLeft(this.servers.addresses.filter((address) => !addresses.includes(address)));
    this.servers.replace(addresses);
    this.#context.publish({ type: "servers", addresses });
  }

  #noList({ name, failure }: Discovery, { operation, timeoutMs }: PolicyCall): Error {
    const cannot = `Cannot ${describeOperation(operation)}`;
    if (failure === undefined) {
      const message = `${cannot} within ${timeoutMs} ms: address source "${name}" has not answered`;
      return new NameServerTimeoutError(message, { timeoutMs, operation });
    }
    const cause = failure.error;
    const message = `${cannot}: address source "${name}" failed: ${reasonOf(cause)}`;
    const error = new NameServerConnectionError(message, { code: "NAMESRV_CONNECT", operation, cause });
    return new NameServerUnavailableError(message, { errors: [error], operation, cause });
  }
}
