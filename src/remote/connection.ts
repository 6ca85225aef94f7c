import { forOperation, NameServerClosedError, NameServerError, withContext } from "../errors.ts";
import { ResponseCode } from "../protocol/codes.ts";
import { createResponse, FLAG_ONEWAY, FLAG_RESPONSE, type RemotingCommand } from "../protocol/command.ts";
import { decodeDraft } from "../protocol/decode_command.ts";
import { FrameDecoder } from "../protocol/frame.ts";
import type { Socket } from "../socket/socket.ts";
import { BodyCopies } from "./body_copies.ts";
import { Call, type CallInit, type CallOwner } from "./call.ts";
import type { Deadlines } from "./deadlines.ts";
import { Dial, type DialOptions } from "./dial.ts";
import { endOfStream } from "./end_of_stream.ts";
import type { RemoteEvent } from "./events.ts";
import { lostConnection } from "./lost_connection.ts";
import { Outbox, type OutboxOwner } from "./outbox.ts";
import type { Aborted, Outcome } from "./outcome.ts";
import { PendingCalls } from "./pending_calls.ts";
import { reasonOf } from "./reason_of.ts";
import { refuseRequest } from "./refuse_request.ts";
import { timeoutError } from "./timeout_error.ts";
import type { FrameOptions } from "./write_frame.ts";

/** How a connection is opened and used. */
export interface ConnectionOptions extends DialOptions, FrameOptions {
  readonly maxInFlight: number;
}

/** What a connection needs of its remote. */
export interface ConnectionContext {
  readonly deadlines: Deadlines;
  /** Takes an event. */
  publish(event: RemoteEvent): void;
  /** The connection takes no more calls. */
  onClosed(connection: Connection): void;
}

/**
 * One socket to one server, shared by all calls: dialled once for whoever waits, pipelined, answers matched by opaque in whatever order
 * they come. It owns its calls: each waits to be sent, then for its answer, and leaves with exactly one outcome. Once closed it stays
 * closed.
 */
export class Connection implements CallOwner, OutboxOwner {
  /** The server, `host:port`. */
  readonly address: string;
  readonly #options: ConnectionOptions;
  readonly #context: ConnectionContext;
  readonly #dial: Dial;
  readonly #bodies = new BodyCopies();
  /** Not sent yet, in their order. */
  readonly #waiting = new Set<Call>();
  /** Sent; each gets an answer. */
  readonly #pending = new PendingCalls();
  /** One-way calls on their way out, which get none. */
  readonly #leaving = new Set<Call>();
  #socket: Socket | undefined;
  #outbox: Outbox | undefined;
  #retired = false;
  #closed = false;

  constructor(address: string, options: ConnectionOptions, context: ConnectionContext) {
    this.address = address;
    this.#options = options;
    this.#context = context;
    this.#dial = new Dial(address, options);
  }

  /** Whether calls have to go to another connection. */
  get closed(): boolean {
    return this.#closed || this.#retired;
  }

  /** Dials, then reads until the end. Never rejects: what happens is told to the calls. */
  async run(): Promise<void> {
    try {
      const startedAt = this.#context.deadlines.now();
      const socket = await this.#dial.open(this.#context.deadlines);
      if (this.#closed) return socket.close();
      this.#open(socket, this.#context.deadlines.now() - startedAt);
      await this.#readAll(socket);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Sends a request and gives its outcome. Rejects only with errors of the caller's making, which no other server would mend. */
  exchange(init: CallInit): Promise<Outcome | Aborted> {
    return new Promise((resolve, reject) => {
      const call = new Call(init, this, resolve, reject);
      const { deadlines } = this.#context;
      deadlines.add(call, deadlines.now() + init.timeoutMs);
      if (this.#waiting.size === 0 && this.#admits()) this.#send(call);
      else this.#waiting.add(call);
    });
  }

  /** Takes no more calls, and closes when those it has are done. */
  retire(): void {
    if (this.closed) return;
    this.#retired = true;
    this.#context.onClosed(this);
    this.#closeIfDone();
  }

  /** Ends it: every call fails with `error`, the socket is closed. Idempotent. */
  close(error: NameServerError): void {
    this.#end(error, error instanceof NameServerClosedError ? undefined : error);
  }

  onTimeout(call: Call): void {
    this.#forget(call);
    this.#settle(call, timeoutError(call, this.address));
  }

  onAbort(call: Call): void {
    this.#context.deadlines.delete(call);
    this.#forget(call);
  }

  onRoom(): void {
    this.#admit();
  }

  onWritten(sequence: number): void {
    for (const call of this.#leaving) {
      if (call.sequence > sequence) continue;
      this.#leaving.delete(call);
      this.#context.deadlines.delete(call);
      call.settle({ type: "answer", response: createResponse(call.init.command!) }); // the only one there will be
    }
    this.#closeIfDone();
  }

  onWriteError(error: unknown): void {
    this.#fail(error);
  }

  #open(socket: Socket, elapsedMs: number): void {
    this.#socket = socket;
    this.#outbox = new Outbox(socket, this.#options, this);
    this.#context.publish({ type: "connected", address: this.address, elapsedMs });
    this.#admit();
  }

  async #readAll(socket: Socket): Promise<void> {
    const decoder = new FrameDecoder({ maxFrameBytes: this.#options.maxFrameBytes, address: this.address });
    for (let chunk = await socket.read(); chunk !== null; chunk = await socket.read()) {
      for (const frame of decoder.push(chunk)) this.#receive(frame);
      if (decoder.failure !== undefined) throw decoder.failure;
    }
    const lost = endOfStream(this.address, decoder);
    this.#end(lost, decoder.bufferedBytes === 0 && this.#pending.size === 0 ? undefined : lost);
  }

  #receive(frame: Uint8Array): void {
    const command = decodeDraft(frame, this.address);
    command.body = this.#bodies.copy(command.body);
    command.address = this.address;
    if ((command.flag & FLAG_RESPONSE) === 0) return this.#serve(command);
    const call = this.#pending.take(command.opaque);
    if (call === undefined) return this.#drop(command);
    this.#context.deadlines.delete(call);
    if (command.code === ResponseCode.GO_AWAY) this.retire(); // the server ends this connection, and serves others no better
    call.settle({ type: "answer", response: command });
    if (this.#waiting.size > 0) this.#admit();
    else this.#closeIfDone();
  }

  /** The peer asks. That is never an answer, whatever its opaque. */
  #serve(request: RemotingCommand): void {
    this.#context.publish({ type: "notification", address: this.address, command: request });
    const refusal = refuseRequest(request);
    // One that asks and does not read is not answered: its answers would pile up.
    if (refusal !== undefined && !this.#outbox?.full) this.#outbox?.append(refusal, request.opaque);
  }

  #drop(response: RemotingCommand): void {
    const message = `Dropped an answer from "${this.address}": nobody waits for opaque ${response.opaque} (any more)`;
    this.#context.publish({ type: "warning", about: "dropped-answer", message, address: this.address });
  }

  #admits(): boolean {
    return this.#outbox !== undefined && !this.#outbox.full && this.#pending.size < this.#options.maxInFlight;
  }

  #admit(): void {
    for (const call of this.#waiting) {
      if (!this.#admits()) return;
      this.#waiting.delete(call);
      this.#send(call);
    }
    this.#closeIfDone();
  }

  #send(call: Call): void {
    const { command } = call.init;
    if (command === undefined) {
      this.#context.deadlines.delete(call);
      return call.settle({ type: "connected" });
    }
    this.#pending.add(call);
    try {
      call.sequence = this.#outbox!.append(command, call.opaque);
    } catch (misuse) {
      this.#pending.take(call.opaque);
      this.#context.deadlines.delete(call);
      return call.reject(misuse instanceof NameServerError ? withContext(misuse, { operation: call.init.operation }) : misuse);
    }
    if ((command.flag & FLAG_ONEWAY) !== 0) {
      this.#pending.take(call.opaque);
      this.#leaving.add(call);
    }
  }

  /** A call that leaves before its answer: nobody may wait for the dial any more. */
  #forget(call: Call): void {
    this.#pending.take(call.opaque);
    this.#leaving.delete(call);
    this.#waiting.delete(call);
    if (this.#socket === undefined && this.#waiting.size === 0) this.close(lostConnection(this.address, "nobody waits for it any more"));
    else this.#admit();
  }

  #settle(call: Call, error: NameServerError): void {
    this.#context.deadlines.delete(call);
    call.settle({ type: "failure", error, sent: this.#outbox?.hasSent(call.sequence) ?? false });
  }

  #closeIfDone(): void {
    if (!this.#retired || this.#pending.size + this.#waiting.size + this.#leaving.size > 0) return;
    this.#end(lostConnection(this.address, "it is not needed any more"), undefined);
  }

  #fail(error: unknown): void {
    if (this.#closed) return;
    if (error instanceof NameServerError) return this.close(withContext(error, { address: this.address }));
    this.close(lostConnection(this.address, reasonOf(error), error));
  }

  /** @param shown What the event says; nothing for an end that was to be expected. */
  #end(error: NameServerError, shown: NameServerError | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#socket === undefined) this.#dial.abort(error);
    else this.#context.publish({ type: "disconnected", address: this.address, ...(shown && { error: shown }) });
    this.#socket?.close();
    this.#context.onClosed(this);
    const calls = [...this.#pending.takeAll(), ...this.#leaving, ...this.#waiting];
    this.#leaving.clear();
    this.#waiting.clear();
    for (const call of calls) this.#settle(call, forOperation(error, call.init.operation));
  }
}
