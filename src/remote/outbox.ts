import { ByteWriter } from "../protocol/byte_writer.ts";
import type { RemotingCommand } from "../protocol/command.ts";
import type { Socket } from "../socket/socket.ts";
import { type FrameOptions, writeFrame } from "./write_frame.ts";

/** Past this many bytes behind those that the system is being given, new calls wait. */
const MAX_BACKLOG_BYTES = 1 << 20;
/** A buffer that grew larger for one big frame is not kept. */
const KEEP_BYTES = 1 << 18;

/** What the connection hears of its outbox. */
export interface OutboxOwner {
  /** There is room again. */
  onRoom(): void;
  /** The system has taken all up to this place. */
  onWritten(sequence: number): void;
  /** The socket refuses bytes. */
  onWriteError(error: unknown): void;
}

/**
 * Frames on their way out. Those of one tick leave in one write; while a write is under way the next ones gather in a second buffer.
 */
export class Outbox {
  readonly #socket: Socket;
  readonly #options: FrameOptions;
  readonly #owner: OutboxOwner;
  #filling = new ByteWriter();
  #spare = new ByteWriter();
  #appended = 0;
  #handedOver = 0;
  #scheduled = false;
  #writing = false;

  constructor(socket: Socket, options: FrameOptions, owner: OutboxOwner) {
    this.#socket = socket;
    this.#options = options;
    this.#owner = owner;
  }

  /** Whether bytes come faster than they leave. */
  get full(): boolean {
    return this.#filling.length >= MAX_BACKLOG_BYTES;
  }

  /**
   * Encodes a command at the end; gives its place among all that were appended, counted from 1.
   *
   * @throws {RangeError} If it cannot be encoded.
   * @throws {NameServerProtocolError} If it is larger than servers accept.
   */
  append(command: RemotingCommand, opaque: number): number {
    writeFrame(command, opaque, this.#filling, this.#options);
    if (!this.#scheduled && !this.#writing) {
      this.#scheduled = true;
      queueMicrotask(() => this.#flush());
    }
    return ++this.#appended;
  }

  /** Whether any byte of the command at that place may have left. */
  hasSent(sequence: number): boolean {
    return sequence !== 0 && sequence <= this.#handedOver;
  }

  #flush(): void {
    this.#scheduled = false;
    const full = this.#filling;
    if (full.length === 0) return;
    this.#filling = this.#spare;
    this.#spare = full;
    this.#handedOver = this.#appended;
    this.#writing = true;
    const bytes = full.view();
    this.#socket.write(bytes).then(() => this.#written(), (error) => this.#owner.onWriteError(error));
    if (bytes.length >= MAX_BACKLOG_BYTES) this.#owner.onRoom();
  }

  #written(): void {
    this.#writing = false;
    this.#spare.clear(KEEP_BYTES);
    this.#owner.onWritten(this.#handedOver);
    this.#flush();
  }
}
