import { createServer, type Server, type Socket } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createResponse, decodeCommand, encodeCommand, FrameDecoder, type RemotingCommand } from "../../src/protocol.ts";

/** A broker on a port that accepts whatever it is told, for commands that dial real ones. */
export class TcpBroker implements AsyncDisposable {
  readonly heard: RemotingCommand[] = [];
  readonly address: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    this.address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on("connection", (socket) => this.#serve(socket));
  }

  static async listen(): Promise<TcpBroker> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new TcpBroker(server);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => {}); // "close" follows
    const frames = new FrameDecoder();
    socket.on("data", (chunk) => {
      for (const frame of frames.push(new Uint8Array(chunk as Uint8Array))) {
        const request = decodeCommand(frame);
        this.heard.push(request);
        socket.write(encodeCommand(createResponse(request)));
      }
    });
  }
}
