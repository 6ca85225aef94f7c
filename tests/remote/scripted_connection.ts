import { type AnswerInit, createResponse, type RemotingCommand } from "../../src/protocol/command.ts";
import { decodeCommand } from "../../src/protocol/decode_command.ts";
import { encodeCommand } from "../../src/protocol/encode_command.ts";
import { FrameDecoder } from "../../src/protocol/frame.ts";
import { Inbox } from "../../src/socket/inbox.ts";
import type { Socket } from "../../src/socket/socket.ts";
import { Sequence } from "./sequence.ts";

/**
 * The server's end of a connection, played by a test: it sees requests as commands, and answers whatever bytes it likes, whenever it likes.
 *
 * The client's end is as nasty as the contract of sockets allows: a chunk is overwritten when the next one is read, and bytes that are
 * written are looked at when the write resolves, not before.
 */
export class ScriptedConnection {
  /** What the client dialled, `host:port`. */
  readonly address: string;
  /** The client's end. */
  readonly socket: Socket;
  /** What the client sent, answers to requests of the server too. */
  readonly requests: Sequence<RemotingCommand> = new Sequence();
  /** Resolves when the client closes its end. */
  readonly closed: Promise<void>;
  /** Called with each chunk, and `null` at the end, in the moment before the client sees it. */
  onRead: (chunk: Uint8Array | null) => void = () => {};
  readonly #frames = new FrameDecoder();
  readonly #toClient = new Inbox();
  #onRequest: (request: RemotingCommand, connection: ScriptedConnection) => void;
  #writes = 0;
  #receivedBytes = 0;
  #isClosed = false;
  #stuck: { readonly go: () => void; readonly gone: Promise<void> } | undefined;
  #refusal: Error | undefined;
  #lent: Uint8Array | undefined;
  #hangUp: () => void = () => {};

  constructor(address: string, onRequest: (request: RemotingCommand, connection: ScriptedConnection) => void = () => {}) {
    this.address = address;
    this.#onRequest = onRequest;
    this.closed = new Promise((resolve) => this.#hangUp = resolve);
    this.socket = { read: () => this.#read(), write: (bytes) => this.#write(bytes), close: () => this.#close() };
  }

  /** Whether the client has closed its end. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** How often the client has written. */
  get writes(): number {
    return this.#writes;
  }

  /** How many bytes the client got rid of. */
  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** Sends one chunk. */
  send(bytes: Uint8Array): void {
    this.#toClient.push(bytes.slice());
  }

  /** Answers a request. */
  answer(request: RemotingCommand, init: AnswerInit = {}): void {
    this.send(encodeCommand(createResponse(request, init)));
  }

  /** Answers from now on with this. */
  serve(onRequest: (request: RemotingCommand, connection: ScriptedConnection) => void): void {
    this.#onRequest = onRequest;
  }

  /** Ends the connection in order. */
  end(): void {
    this.#toClient.end();
    this.#refusal ??= new Error("write EPIPE");
  }

  /** Breaks it. */
  reset(): void {
    const error = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    this.#toClient.end({ error });
    this.refuseWrites(error);
  }

  /** Takes no more bytes from the client until {@link readOn}. */
  stopReading(): void {
    if (this.#stuck !== undefined) return;
    let go = (): void => {};
    const gone = new Promise<void>((resolve) => go = resolve);
    this.#stuck = { go, gone };
  }

  /** Takes bytes again. */
  readOn(): void {
    this.#stuck?.go();
    this.#stuck = undefined;
  }

  /** Fails the client's writes, those under way too. */
  refuseWrites(error: Error): void {
    this.#refusal = error;
    this.readOn();
  }

  #read(): Promise<Uint8Array | null> {
    this.#lent?.fill(0xee);
    const reading = this.#toClient.read();
    reading.then((chunk) => {
      this.#lent = chunk ?? undefined;
      this.onRead(chunk);
    }, () => {});
    return reading;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#writes++;
    while (this.#stuck !== undefined) await this.#stuck.gone;
    if (this.#refusal !== undefined) throw this.#refusal;
    this.#receivedBytes += bytes.length;
    for (const frame of this.#frames.push(bytes.slice())) {
      const request = decodeCommand(frame);
      this.requests.push(request);
      this.#onRequest(request, this);
    }
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#toClient.close();
    this.refuseWrites(new Error("socket is closed"));
    this.#hangUp();
  }
}
