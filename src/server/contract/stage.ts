import type { Socket, SocketAdapter } from "../../socket/socket.ts";
import type { ListenPeer, Peer, PeerSocket } from "./peer.ts";
import { within } from "./within.ts";

/** One sentence of the contract, and what shows that it holds. */
export interface ContractCheck {
  /** The sentence. */
  readonly name: string;
  /** Rejects where it does not hold. */
  run(stage: Stage): Promise<void>;
}

/** What a check plays on: an adapter, a peer to dial, and the sockets between them. */
export class Stage {
  /** The adapter under test. */
  readonly adapter: SocketAdapter;
  /** What it dials. */
  readonly peer: Peer;
  readonly #sockets: Socket[] = [];

  private constructor(adapter: SocketAdapter, peer: Peer) {
    this.adapter = adapter;
    this.peer = peer;
  }

  /** Runs a check and then closes all there is, also when it failed. */
  static async run(check: ContractCheck, adapter: SocketAdapter, listen: ListenPeer): Promise<void> {
    const stage = new Stage(adapter, await listen());
    try {
      await check.run(stage);
    } finally {
      await stage.#close();
    }
  }

  /** Dials the peer. */
  async dial(signal: AbortSignal = new AbortController().signal): Promise<Socket> {
    const socket = await within(this.adapter.connect(this.peer.endpoint, { signal }), "connect() settles");
    this.#sockets.push(socket);
    return socket;
  }

  /** Dials the peer and gives both ends. */
  async connect(signal?: AbortSignal): Promise<{ readonly socket: Socket; readonly far: PeerSocket }> {
    const socket = await this.dial(signal);
    return { socket, far: await within(this.peer.accept(), "the peer sees the connection") };
  }

  async #close(): Promise<void> {
    for (const socket of this.#sockets) {
      try {
        socket.close();
      } catch {
        // There is a check for that; here it must not keep the peer open.
      }
    }
    await this.peer.close();
  }
}
