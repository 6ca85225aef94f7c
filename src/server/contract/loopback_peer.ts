import type { Server, Socket as NetSocket } from "node:net";
import type { Endpoint } from "../../socket/socket.ts";
import type { Peer, PeerSocket } from "./peer.ts";

/** What a {@link Peer} that speaks TLS needs, PEM. */
export interface PeerTls {
  /** Private key of the certificate. */
  readonly key: string;
  /** Its own certificate. */
  readonly cert: string;
  /** Authority of the client certificates it demands; left out, it demands none. */
  readonly clientCa?: string;
}

/** Listens on a free port of 127.0.0.1 with `node:net` or `node:tls`, which Deno, Bun and Node have. */
export async function listenOnLoopback(tls?: PeerTls): Promise<Peer> {
  const peer = new LoopbackPeer();
  const take = (stream: NetSocket): void => peer.take(stream);
  // `pauseOnConnect`: not a byte is taken before the first read.
  const options = { allowHalfOpen: true, pauseOnConnect: true, noDelay: true };
  const server = tls === undefined
    ? (await import("node:net")).createServer(options, take)
    : (await import("node:tls")).createServer({ ...options, ...serverTls(tls) }, take);
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  peer.start(server);
  return peer;
}

function serverTls({ key, cert, clientCa }: PeerTls): Record<string, unknown> {
  return { key, cert, ...(clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true }) };
}

class LoopbackPeer implements Peer {
  acceptedCount = 0;
  endpoint: Endpoint = { hostname: "", port: 0 };
  #server: Server | undefined;
  readonly #streams = new Set<NetSocket>();
  readonly #accepted: PeerSocket[] = [];
  readonly #waiting: ((socket: PeerSocket) => void)[] = [];

  start(server: Server): void {
    this.#server = server;
    const { address, port } = server.address() as { readonly address: string; readonly port: number };
    this.endpoint = { hostname: address, port };
    server.on("connection", (stream) => this.#track(stream));
  }

  /** Also of those whose handshake is not done, or never will be. */
  #track(stream: NetSocket): void {
    this.#streams.add(stream);
    stream.on("error", () => {});
    stream.once("close", () => this.#streams.delete(stream));
  }

  take(stream: NetSocket): void {
    this.acceptedCount++;
    const raw = [...this.#streams].find(({ remotePort }) => remotePort === stream.remotePort) ?? stream;
    const socket = new LoopbackPeerSocket(stream, raw);
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#accepted.push(socket);
    else waiting(socket);
  }

  accept(): Promise<PeerSocket> {
    const socket = this.#accepted.shift();
    return socket === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(socket);
  }

  close(): Promise<void> {
    for (const stream of this.#streams) stream.destroy();
    return new Promise((resolve) => this.#server!.close(() => resolve()));
  }
}

class LoopbackPeerSocket implements PeerSocket {
  readonly #stream: NetSocket;
  /** Below TLS; else the same. */
  readonly #raw: NetSocket;
  #error: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(stream: NetSocket, raw: NetSocket) {
    this.#stream = stream;
    this.#raw = raw;
    stream.on("error", (error) => this.#error = error);
    for (const event of ["readable", "end", "close"]) stream.on(event, () => this.#wake?.());
  }

  async read(): Promise<Uint8Array | null> {
    for (;;) {
      const chunk = this.#stream.read() as Uint8Array | null;
      if (chunk !== null) return chunk;
      if (this.#error !== undefined) throw this.#error;
      if (this.#stream.readableEnded || this.#stream.destroyed) return null;
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => this.#stream.write(bytes, (error) => error ? reject(error) : resolve()));
  }

  end(): void {
    this.#stream.end();
  }

  reset(): void {
    this.#raw.resetAndDestroy();
  }
}
