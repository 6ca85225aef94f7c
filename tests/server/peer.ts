import type { Socket, SocketAdapter } from "../../src/socket/socket.ts";
import { decodeCommand, encodeCommand, FrameDecoder, type RemotingCommand } from "../../src/protocol.ts";

/** A client that speaks frames by hand. */
export class Peer implements Disposable {
  readonly socket: Socket;
  readonly #frames = new FrameDecoder();
  readonly #received: Uint8Array[] = [];

  private constructor(socket: Socket) {
    this.socket = socket;
  }

  static async dial(adapter: SocketAdapter, address: string): Promise<Peer> {
    const at = address.lastIndexOf(":");
    const endpoint = { hostname: address.slice(0, at), port: Number(address.slice(at + 1)) };
    return new Peer(await adapter.connect(endpoint, { signal: AbortSignal.timeout(5000) }));
  }

  /** Sends the command and gives what comes next. */
  async ask(command: RemotingCommand): Promise<RemotingCommand> {
    await this.socket.write(encodeCommand(command));
    return this.answer();
  }

  /** The next answer. Fails where the connection ends before it. */
  async answer(): Promise<RemotingCommand> {
    const frame = await this.frame();
    if (frame === null) throw new Error("The connection ended before an answer came");
    return decodeCommand(frame);
  }

  /** The next frame without its length, or `null` at the end. */
  async frame(): Promise<Uint8Array | null> {
    while (this.#received.length === 0) {
      const chunk = await this.socket.read();
      if (chunk === null) return null;
      for (const frame of this.#frames.push(chunk)) this.#received.push(frame.slice());
    }
    return this.#received.shift()!;
  }

  [Symbol.dispose](): void {
    this.socket.close();
  }
}
