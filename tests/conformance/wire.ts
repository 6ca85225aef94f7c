import { createRequest, decodeCommand, encodeCommand, FrameDecoder, type RemotingCommand, RequestCode } from "../../src/protocol.ts";
import { detectAdapter } from "../../src/socket/detect.ts";
import type { Socket } from "../../src/socket/socket.ts";

const DIAL_MS = 5000;
/** Longer than anything takes here. */
const PATIENCE_MS = 20_000;
/** Asked last: every server answers it. */
const PING: RemotingCommand = { ...createRequest(RequestCode.GET_BROKER_CLUSTER_INFO), opaque: 2_000_000_000 };

/** What a server makes of bytes: it answers with a frame (given without its length word), says nothing, or ends the connection. */
export type Reaction = Uint8Array | "silent" | "closed";

/** A connection on which bytes are written by hand. */
export class Wire implements Disposable {
  readonly #socket: Socket;
  readonly #frames = new FrameDecoder();
  readonly #received: Uint8Array[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async dial(address: string): Promise<Wire> {
    const [hostname, port] = address.split(":");
    const adapter = await detectAdapter();
    return new Wire(await adapter.connect({ hostname: hostname!, port: Number(port) }, { signal: AbortSignal.timeout(DIAL_MS) }));
  }

  send(bytes: Uint8Array): Promise<void> {
    return this.#socket.write(bytes);
  }

  /** The next frame without its length word; `null` when the server has ended the connection. Ends it if the server does nothing. */
  async receive(): Promise<Uint8Array | null> {
    const patience = setTimeout(() => this.#socket.close(), PATIENCE_MS); // keeps the process alive, too, which a socket does not
    try {
      return await this.#receive();
    } finally {
      clearTimeout(patience);
    }
  }

  async #receive(): Promise<Uint8Array | null> {
    while (this.#received.length === 0) {
      const chunk = await this.#socket.read().catch(() => null); // a reset is an end like any other
      if (chunk === null) return null;
      for (const frame of this.#frames.push(chunk)) this.#received.push(frame.slice());
    }
    return this.#received.shift()!;
  }

  /** Sends bytes and waits for what comes of them. Silence is silence only if the server goes on to answer what is asked next. */
  async reaction(bytes: Uint8Array, silenceMs: number): Promise<Reaction> {
    try {
      await this.send(bytes);
      const coming = this.receive();
      if (await isQuiet(coming, silenceMs)) await this.send(encodeCommand(PING));
      const frame = await coming;
      if (frame === null) return "closed";
      return decodeCommand(frame).opaque === PING.opaque ? "silent" : frame;
    } catch {
      return "closed"; // so it is to whoever writes to a connection that the other side has ended
    }
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }
}

async function isQuiet(coming: Promise<unknown>, silenceMs: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const quiet = new Promise<boolean>((resolve) => timer = setTimeout(() => resolve(true), silenceMs));
  try {
    return await Promise.race([quiet, coming.then(() => false)]);
  } finally {
    clearTimeout(timer);
  }
}
