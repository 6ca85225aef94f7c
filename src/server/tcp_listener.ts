import type { AddressInfo, Server, Socket as NetSocket } from "node:net";
import { formatEndpoint } from "../socket/format_endpoint.ts";
import type { Endpoint } from "../socket/socket.ts";
import type { ServerSocket } from "./server_socket.ts";
import { TcpSocket } from "./tcp_socket.ts";

/** A port that is listened on. */
export class TcpListener {
  readonly #server: Server;
  readonly #streams: Set<NetSocket>;
  /** Where it is reached, `host:port`. */
  readonly address: string;

  private constructor(server: Server, streams: Set<NetSocket>) {
    this.#server = server;
    this.#streams = streams;
    const { address, port } = server.address() as AddressInfo;
    this.address = formatEndpoint({ hostname: address, port });
  }

  /** Listens; rejects with the runtime's error where it can't. */
  static async listen({ hostname, port }: Endpoint, accept: (socket: ServerSocket) => void): Promise<TcpListener> {
    // Not until somebody wants a port: on Deno, `node:net` costs as much as the start of the program.
    const { createServer } = await import("node:net");
    const streams = new Set<NetSocket>();
    const server = createServer((stream) => {
      streams.add(stream);
      stream.once("close", () => streams.delete(stream));
      accept(new TcpSocket(stream));
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, hostname, () => resolve());
    });
    return new TcpListener(server, streams);
  }

  /** Stops listening and ends what it accepted, sent or not; resolves when the port is free and nothing is open. */
  close(): Promise<void> {
    for (const stream of this.#streams) stream.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
