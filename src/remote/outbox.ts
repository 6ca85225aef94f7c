import { ByteWriter } from "../protocol/byte_writer.ts";
import type { RemotingCommand } from "../protocol/command.ts";
import { NameServerProtocolError } from "../errors.ts";
import { type Serialization, writeCommand } from "../protocol/encode_command.ts";
import type { Socket } from "../socket/socket.ts";

/** Past this many bytes behind those that the system is being given, new calls wait. */
const MAX_BACKLOG_BYTES = 1 << 20;
/** A buffer that grew larger for one big frame is not kept. */
const KEEP_BYTES = 1 << 18;

/** How frames are written. */
export interface OutboxOptions {
  readonly serialization: Serialization;
  readonly maxFrameBytes: number;
}

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
  readonly #options: OutboxOptions;
  readonly #owner: OutboxOwner;
  #filling = new ByteWriter();
  #spare = new ByteWriter();
  #appended = 0;
  #handedOver = 0;
  #scheduled = false;
  #writing = false;

  constructor(socket: Socket, options: OutboxOptions, owner: OutboxOwner) {
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
    const { serialization, maxFrameBytes } = this.#options;
    const start = this.#filling.length;
    writeCommand(command, serialization, this.#filling, opaque);
    const size = this.#filling.length - start;
    if (size > maxFrameBytes) {
      this.#filling.truncate(start);
      throw new NameServerProtocolError(`Cannot send frame: its ${size} bytes exceed the limit of ${maxFrameBytes} bytes`, {
        code: "NAMESRV_FRAME_TOO_LARGE",
      });
    }
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
