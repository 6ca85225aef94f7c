import { MemoryAdapter } from "../../src/server/memory_adapter.ts";
import type { Peer, PeerSocket } from "../../src/server/contract/peer.ts";
import type { ServerSocket } from "../../src/server/server_socket.ts";
import { MemorySocket } from "../../src/server/memory_socket.ts";
import { adapterContract } from "../../src/testing.ts";
import type { SocketAdapter } from "../../src/socket/socket.ts";
import { test } from "../harness.ts";

/** The far ends of a memory adapter, as the contract wants them. */
class MemoryPeer implements Peer {
  readonly endpoint = { hostname: "memory", port: 1 };
  acceptedCount = 0;
  readonly #sockets: MemorySocket[] = [];
  readonly #accepted: MemorySocket[] = [];
  readonly #waiting: ((socket: PeerSocket) => void)[] = [];
  #isClosed = false;

  take(socket: ServerSocket): boolean {
    if (this.#isClosed || !(socket instanceof MemorySocket)) return false;
    this.acceptedCount++;
    this.#sockets.push(socket);
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#accepted.push(socket);
    else waiting(socket);
    return true;
  }

  accept(): Promise<PeerSocket> {
    const socket = this.#accepted.shift();
    return socket === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(socket);
  }

  close(): Promise<void> {
    this.#isClosed = true;
    for (const socket of this.#sockets) socket.reset();
    return Promise.resolve();
  }
}

// One adapter for all checks, which each listen anew: the last peer takes what is dialled.
let listening: MemoryPeer | undefined;
const adapter: SocketAdapter = new MemoryAdapter((_address, socket) => listening?.take(socket) ?? false);
const listen = (): Promise<Peer> => Promise.resolve(listening = new MemoryPeer());

for (const { name, run } of adapterContract(adapter, { listen })) test(`MemoryAdapter: ${name}`, run);
