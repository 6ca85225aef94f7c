import type { FrameTaker } from "../protocol/frame_cutter.ts";
import { FLAG_ONEWAY, FLAG_RESPONSE, type RemotingCommand } from "../protocol/command.ts";
import { encodeCommand } from "../protocol/encode_command.ts";
import type { FaultSwitch } from "./faults.ts";
import { FaultyWriter } from "./faulty_writer.ts";
import type { Emulation } from "./emulation.ts";
import { RequestStream } from "./request_stream.ts";
import type { ServerRequest } from "./server_request.ts";
import type { ServerSocket } from "./server_socket.ts";

/** The server, as its connections see it. */
export interface ConnectionHost {
  readonly faults: FaultSwitch;
  readonly emulation: Emulation;
  /** A clock in milliseconds. */
  readonly now: () => number;
  /** Reads a frame. @throws {Error} Where the real server closes the connection. */
  read(frame: Uint8Array, connection: ServerConnection): ServerRequest;
  /** A request came. */
  received(request: RemotingCommand): void;
  /** Lets the request take effect; gives the answer as a frame, if there is one. */
  handle(request: ServerRequest): Uint8Array | undefined;
  /** `Faults.answer` threw. */
  failed(error: unknown): void;
  /** The connection ended. */
  closed(connection: ServerConnection): void;
}

/** One client's connection, from its first byte to its last. */
export class ServerConnection implements FrameTaker {
  readonly #socket: ServerSocket;
  readonly #host: ConnectionHost;
  readonly #writer: FaultyWriter;
  readonly #requests: RequestStream;
  #isClosed = false;
  #lastUseMs: number;

  constructor(socket: ServerSocket, host: ConnectionHost) {
    this.#socket = socket;
    this.#host = host;
    this.#requests = new RequestStream(host.emulation);
    this.#writer = new FaultyWriter(socket, host.faults);
    this.#lastUseMs = host.now();
  }

  /** When bytes last came or went. */
  get lastUseMs(): number {
    return this.#lastUseMs;
  }

  /** Answers requests until either side ends the connection. Never rejects. */
  async serve(): Promise<void> {
    try {
      for (let chunk = await this.#socket.read(); chunk !== null; chunk = await this.#socket.read()) {
        while (this.#host.faults.current.stopReading && !this.#isClosed) await this.#host.faults.changed();
        if (this.#isClosed) break;
        this.#lastUseMs = this.#host.now();
        this.#requests.push(chunk, this);
      }
    } catch {
      // A frame that can't be read, or a connection that broke: the real server says nothing either.
    } finally {
      this.close();
    }
  }

  /** Ends the connection; what is not sent yet is not sent. Idempotent. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#writer.close();
    this.#host.closed(this);
  }

  /** Serves a request. */
  onFrame(bytes: Uint8Array, start: number, end: number): void {
    if (this.#isClosed) return;
    const request = this.#host.read(bytes.subarray(start, end), this);
    const { command } = request;
    if ((command.flag & FLAG_RESPONSE) !== 0) return; // an answer to nothing that was asked
    this.#host.received(command);
    const scripted = this.#script(command);
    const answer = scripted ?? this.#host.handle(request);
    const isOneway = (command.flag & FLAG_ONEWAY) !== 0;
    if (answer === undefined || this.#host.faults.current.silent || (isOneway && scripted === undefined)) return;
    void this.#send(answer);
  }

  /** What the test says in the server's place. */
  #script(command: RemotingCommand): Uint8Array | undefined {
    try {
      const scripted = this.#host.faults.current.answer?.(command);
      return scripted === undefined || scripted instanceof Uint8Array ? scripted : encodeCommand(scripted);
    } catch (error) {
      this.#host.failed(error);
      throw error;
    }
  }

  async #send(answer: Uint8Array): Promise<void> {
    this.#lastUseMs = this.#host.now(); // before it leaves: who reads the answer finds a connection that was just used
    await this.#writer.send(answer);
    if (this.#writer.isClosed) this.close();
  }
}
