import { NameServerConnectionError } from "../errors.ts";
import { formatEndpoint } from "../socket/format_endpoint.ts";
import type { Endpoint, Socket, SocketAdapter, SocketConnectOptions } from "../socket/socket.ts";
import { MemorySocket } from "./memory_socket.ts";
import type { ServerSocket } from "./server_socket.ts";

/** Dials a server inside the process. */
export class MemoryAdapter implements SocketAdapter {
  readonly name: string = "embedded";
  readonly #accept: (address: string, socket: ServerSocket) => boolean;

  /** @param accept Takes the server's end of a connection to an address, or refuses it. */
  constructor(accept: (address: string, socket: ServerSocket) => boolean) {
    this.#accept = accept;
  }

  async connect(endpoint: Endpoint, { signal, tls }: SocketConnectOptions): Promise<Socket> {
    signal.throwIfAborted();
    const address = formatEndpoint(endpoint);
    await Promise.resolve(); // as a dial that takes its time
    signal.throwIfAborted();
    if (tls !== undefined) {
      throw new NameServerConnectionError(`Cannot connect to "${address}": the embedded server has no TLS`, {
        code: "NAMESRV_TLS",
        address,
      });
    }
    const [client, server] = MemorySocket.pair();
    if (this.#accept(address, server)) return client;
    throw Object.assign(new Error(`Connection to "${address}" refused: no embedded server listens there`), { code: "ECONNREFUSED" });
  }
}
