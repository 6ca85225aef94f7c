import type { RemotingCommand } from "../../src/protocol/command.ts";
import { formatEndpoint } from "../../src/socket/format_endpoint.ts";
import type { Endpoint, Socket, SocketAdapter, SocketConnectOptions } from "../../src/socket/socket.ts";
import { ScriptedConnection } from "./scripted_connection.ts";
import { Sequence } from "./sequence.ts";

/** What becomes of a dial: it throws, or waits, or returns; then there is a connection. */
export type DialScript = (address: string, signal: AbortSignal) => void | Promise<void>;
/** What becomes of a request. */
export type ServeScript = (request: RemotingCommand, connection: ScriptedConnection) => void;

/** How a {@link ScriptedPeer} behaves from the start. */
export interface Script {
  /** @default {accepts} */
  readonly dial?: DialScript;
  /** @default {says nothing} */
  readonly serve?: ServeScript;
}

/** All servers that a client can dial, played by a test in memory. */
export class ScriptedPeer implements SocketAdapter {
  readonly name: string = "scripted";
  /** Addresses that were dialled, in order. */
  readonly dials: string[] = [];
  /** Connections that came about, in order. */
  readonly connections: Sequence<ScriptedConnection> = new Sequence();
  /** What becomes of dials from now on. */
  dial: DialScript;
  /** What becomes of requests on new connections. */
  serve: ServeScript;

  constructor(script: Script = {}) {
    this.dial = script.dial ?? (() => {});
    this.serve = script.serve ?? (() => {});
  }

  async connect(endpoint: Endpoint, { signal }: SocketConnectOptions): Promise<Socket> {
    const address = formatEndpoint(endpoint);
    this.dials.push(address);
    await this.dial(address, signal);
    const connection = new ScriptedConnection(address, this.serve);
    this.connections.push(connection);
    return connection.socket;
  }

  /** Connections whose client has not closed them. */
  get open(): readonly ScriptedConnection[] {
    return this.connections.all.filter((connection) => !connection.isClosed);
  }

  /** What was sent to whom, over all connections: `"a:1 105"`. */
  get sent(): readonly string[] {
    return this.connections.all.flatMap(({ address, requests }) => requests.all.map((request) => `${address} ${request.code}`));
  }

  /** Waits for a request of the n-th connection, both from 0. */
  async request(connection: number, request: number): Promise<readonly [RemotingCommand, ScriptedConnection]> {
    const there = await this.connections.at(connection);
    return [await there.requests.at(request), there];
  }
}

/** Refuses every dial, as a port does on which nobody listens. */
export const refuse: DialScript = (address) => {
  throw Object.assign(new Error(`connect ECONNREFUSED ${address}`), { code: "ECONNREFUSED" });
};

/** Lets a dial hang, as a firewall does that drops packets. */
export const hang: DialScript = (_address, signal) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));

/** Answers everything with success and the address as body. */
export const succeed: ServeScript = (request, connection) =>
  connection.answer(request, { body: new TextEncoder().encode(connection.address) });

/** A script for each address; those not named get the last one. */
export function byAddress<S extends (address: string, ...rest: never[]) => unknown>(scripts: Readonly<Record<string, S>>, others: S): S {
  return ((address: string, ...rest: never[]) => (scripts[address] ?? others)(address, ...rest)) as S;
}
