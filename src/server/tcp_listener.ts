import type { AddressInfo, Server } from "node:net";
import { formatEndpoint } from "../socket/format_endpoint.ts";
import type { Endpoint } from "../socket/socket.ts";
import type { ServerSocket } from "./server_socket.ts";
import { TcpSocket } from "./tcp_socket.ts";

/** A port that is listened on. */
export class TcpListener {
  readonly #server: Server;
  /** Where it is reached, `host:port`. */
  readonly address: string;

  private constructor(server: Server) {
    this.#server = server;
    const { address, port } = server.address() as AddressInfo;
    this.address = formatEndpoint({ hostname: address, port });
  }

  /** Listens; rejects with the runtime's error where it can't. */
  static async listen({ hostname, port }: Endpoint, accept: (socket: ServerSocket) => void): Promise<TcpListener> {
    // Not until somebody wants a port: on Deno, `node:net` costs as much as the start of the program.
    const { createServer } = await import("node:net");
    const server = createServer((stream) => accept(new TcpSocket(stream)));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, hostname, () => resolve());
    });
    return new TcpListener(server);
  }

  /** Stops listening; resolves when the port is free and every connection that it accepted is gone. */
  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
