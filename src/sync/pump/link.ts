import { connect, isIP, type OnReadOpts, type Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import process from "node:process";
import { reasonOf } from "../../remote/reason_of.ts";
import { isTlsAlert, type NodeTls, tlsConnectOptions, verifyTls } from "../../socket/node_tls_session.ts";
import { tlsName } from "../../socket/tls_name.ts";
import { FrameEdges } from "./frame_edges.ts";
import { Notice } from "./layout.ts";
import type { LinkFailure, OpenOrder } from "./messages.ts";

/** Past this many bytes that the system does not take, the caller is told to hold back. */
const CLOGGED_BYTES = 1 << 20;
const NOTHING = new Uint8Array(0);
/** Every link reads into it: what was read is copied at once. */
const incoming = new Uint8Array(65_536);

/** What a link needs of the pump. */
export interface LinkOwner {
  /** Tells the caller. `false` where the caller has to catch up first. */
  tell(type: number, link: number, payload: Uint8Array): boolean;
  /** All that came with one event was told. */
  onQuiet(link: Link): void;
}

/** One socket. */
export class Link {
  /** Whether a frame was written and none came back yet. */
  awaitsFrame = false;
  readonly #id: number;
  readonly #owner: LinkOwner;
  readonly #edges = new FrameEdges();
  /** What is to be written behind the frame that is awaited. */
  readonly #held: Uint8Array[] = [];
  #socket: Socket | undefined;
  #isOpen = false;
  #isClosed = false;
  #isClogged = false;

  constructor(id: number, owner: LinkOwner) {
    this.#id = id;
    this.#owner = owner;
  }

  /** Dials. */
  open(order: OpenOrder): void {
    try {
      if (order.tls === undefined) this.#openPlain(order);
      else this.#openTls(order, process.getBuiltinModule("node:tls"));
    } catch (error) {
      this.#fail(error as Error, true); // an authority, a certificate or a key that can't be read
    }
  }

  /** Hands bytes to the system. */
  write(bytes: Uint8Array): void {
    const socket = this.#socket;
    if (socket === undefined || !socket.writable || socket.write(bytes)) return;
    if (this.#isClogged || socket.writableLength < CLOGGED_BYTES) return;
    this.#isClogged = true;
    this.#tell(Notice.CLOGGED);
  }

  /** Hands bytes to the system as soon as no frame is awaited. */
  writeBehindAnswer(bytes: Uint8Array): void {
    if (this.awaitsFrame) this.#held.push(bytes);
    else this.#writeFrame(bytes);
  }

  /** Reads on, after {@link LinkOwner.tell} had to refuse. */
  resume(): void {
    this.#socket?.resume();
  }

  /** Ends it for a reason. */
  fail(error: Error): void {
    this.#fail(error, false);
  }

  /** Ends it without another word. */
  close(): void {
    this.#isClosed = true;
    this.#socket?.destroy();
  }

  #openPlain({ hostname: host, port }: OpenOrder): void {
    const socket = connect({ host, port, noDelay: true, onread: this.#onread() });
    this.#listen(socket, () => false);
    socket.once("connect", () => this.#opened(socket));
  }

  #openTls(order: OpenOrder, nodeTls: NodeTls): void {
    const name = tlsName(order, order.tls!);
    const options = tlsConnectOptions(nodeTls, isIP(name) !== 0, order, order.tls!);
    const socket = nodeTls.connect(Object.assign(options, { onread: this.#onread() }));
    let isReached = false;
    this.#listen(socket, (error) => this.#isOpen ? isTlsAlert(error) : isReached);
    socket.once("connect", () => isReached = true);
    socket.once("secureConnect", () => this.#verify(nodeTls, socket, name));
  }

  #verify(nodeTls: NodeTls, socket: TLSSocket, name: string): void {
    try {
      verifyTls(nodeTls, socket, name);
    } catch (error) {
      return this.#fail(error as Error, true);
    }
    this.#opened(socket);
  }

  #listen(socket: Socket, isOfTls: (error: Error) => boolean): void {
    this.#socket = socket;
    socket.on("error", (error) => this.#fail(error, isOfTls(error)));
    socket.once("end", () => this.#isOpen && this.#end());
    socket.once("close", () => this.#onClose(isOfTls));
    socket.on("drain", () => {
      if (this.#isClogged) this.#tell(Notice.FREE);
      this.#isClogged = false;
    });
  }

  #onClose(isOfTls: (error: Error) => boolean): void {
    if (this.#isOpen) return this.#end();
    const error = new Error("connection closed while it was set up");
    this.#fail(error, isOfTls(error));
  }

  #opened(socket: Socket): void {
    this.#isOpen = true;
    socket.setNoDelay(true);
    this.#tell(Notice.OPENED);
  }

  #onread(): OnReadOpts {
    return { buffer: incoming, callback: (count) => this.#receive(incoming.subarray(0, count)) };
  }

  #receive(chunk: Uint8Array): boolean {
    if (this.#isClosed) return false;
    const hasRoom = this.#owner.tell(Notice.DATA, this.#id, chunk);
    if (this.#edges.push(chunk)) this.#onFrame();
    if (hasRoom) this.#owner.onQuiet(this);
    return hasRoom;
  }

  #onFrame(): void {
    this.awaitsFrame = false;
    for (const bytes of this.#held.splice(0)) this.#writeFrame(bytes);
  }

  #writeFrame(bytes: Uint8Array): void {
    this.awaitsFrame = true;
    this.write(bytes);
  }

  #end(): void {
    this.#tell(Notice.ENDED);
    this.close();
  }

  #fail(error: Error, tls: boolean): void {
    const { code } = error as { readonly code?: unknown };
    const failure: LinkFailure = { name: error.name, message: reasonOf(error), tls, ...(typeof code === "string" && { code }) };
    this.#tell(Notice.FAILED, new TextEncoder().encode(JSON.stringify(failure)));
    this.close();
  }

  #tell(type: number, payload: Uint8Array = NOTHING): void {
    if (!this.#isClosed) this.#owner.tell(type, this.#id, payload);
  }
}
