import { forOperation, NameServerClosedError, type NameServerError } from "../errors.ts";
import { ResponseCode } from "../protocol/codes.ts";
import { FLAG_ONEWAY, FLAG_RESPONSE, type RemotingCommand } from "../protocol/command.ts";
import type { Socket } from "../socket/socket.ts";
import { Call, type CallEnd, type CallInit, type CallOwner } from "./call.ts";
import type { ConnectionContext, ConnectionOptions } from "./connection_context.ts";
import { Dial } from "./dial.ts";
import { droppedAnswer } from "./dropped_answer.ts";
import { endOfStream } from "./end_of_stream.ts";
import { HalfOpenWatch, type WatchedConnection } from "./half_open_watch.ts";
import { brokenConnection, deadConnection, lostConnection } from "./lost_connection.ts";
import { misuseOf } from "./misuse_of.ts";
import { OnewayCalls } from "./oneway_calls.ts";
import { Outbox, type OutboxOwner } from "./outbox.ts";
import { PendingCalls } from "./pending_calls.ts";
import { PROBE } from "./probe.ts";
import { type CommandReader, readCommands } from "./read_commands.ts";
import { refuseRequest } from "./refuse_request.ts";
import { timeoutError } from "./timeout_error.ts";

/** Who waits for the answer to a probe. */
const NOBODY: CallEnd = { onOutcome() {}, onMisuse() {} };

/**
 * One socket to one server, shared by all calls: dialled once for whoever waits, pipelined, answers matched by opaque in any order. It owns
 * its calls: each waits to be sent, then for its answer, and leaves with exactly one outcome. It is opened once.
 */
export class Connection implements CallOwner, CommandReader, OutboxOwner, WatchedConnection {
  /** The server, `host:port`. */
  readonly address: string;
  readonly #options: ConnectionOptions;
  readonly #context: ConnectionContext;
  readonly #dial: Dial;
  /** Not sent yet, in their order. */
  readonly #waiting = new Set<Call>();
  /** Sent; each gets an answer. */
  readonly #pending = new PendingCalls();
  /** Sent, and get none. */
  readonly #oneway = new OnewayCalls();
  readonly #watch: HalfOpenWatch;
  #probe: Call | undefined;
  #socket: Socket | undefined;
  #outbox: Outbox | undefined;
  /** Answers that nobody waited for. */
  #dropped = 0;
  #isMute: boolean; // no byte came yet, and TLS is not spoken
  #retired = false;
  #closed = false;

  constructor(address: string, options: ConnectionOptions, context: ConnectionContext) {
    this.address = address;
    this.#options = options;
    this.#context = context;
    this.#dial = new Dial(address, options);
    this.#watch = new HalfOpenWatch(this, context.timers);
    this.#isMute = options.tls === undefined;
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
      await readCommands(socket, this, this.#options.maxFrameBytes);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Sends a request; `end` is told its outcome. */
  exchange(init: CallInit, end: CallEnd): void {
    const call = new Call(init, this, end);
    const { deadlines } = this.#context;
    deadlines.add(call, deadlines.now() + init.timeoutMs);
    if (this.#waiting.size === 0 && this.#admits()) this.#send(call);
    else this.#waiting.add(call);
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

  /** Fails every call it has. */
  failCalls(error: NameServerError): void {
    const calls = [...this.#pending.takeAll(), ...this.#oneway.takeAll(), ...this.#waiting];
    this.#waiting.clear();
    for (const call of calls) this.#settle(call, forOperation(error, call.init.operation));
  }

  onTimeout(call: Call): void {
    this.#forget(call);
    this.#settle(call, timeoutError(call, this.address));
    if (this.#outbox !== undefined && !this.#closed) this.#watch.timedOut(call.init.timeoutMs);
  }

  onSuspect(): boolean {
    if (!this.#context.onSuspect(this)) return false;
    this.#probe = new Call({ command: PROBE, timeoutMs: 0 }, this, NOBODY); // whose deadline is the watch's
    if (this.#admits()) this.#send(this.#probe);
    return true;
  }

  onAlive(): void {
    this.#context.onAlive(this);
    if (this.#retired) this.#pending.take(this.#probe!.opaque);
    this.#closeIfDone();
  }

  onDead(): void {
    this.close(deadConnection(this.address));
  }

  onAbort(call: Call): void {
    this.#context.deadlines.delete(call);
    this.#forget(call);
  }

  onBytes(): void {
    this.#isMute = false;
    this.#watch.received();
  }

  onCommand(command: RemotingCommand): void {
    if ((command.flag & FLAG_RESPONSE) === 0) return this.#serve(command);
    const call = this.#pending.take(command.opaque);
    if (call === undefined) return this.#context.publish(droppedAnswer(this.address, command.opaque, ++this.#dropped));
    this.#context.deadlines.delete(call);
    if (command.code === ResponseCode.GO_AWAY) this.retire(); // the server ends this connection, and serves others no better
    call.settle({ type: "answer", response: command });
    if (this.#waiting.size > 0) this.#admit();
    else this.#closeIfDone();
  }

  onEnd(progress: string | undefined): void {
    const lost = endOfStream(this.address, progress, this.#isMute);
    this.#end(lost, progress === undefined && this.#pending.size === 0 ? undefined : lost);
  }

  onRoom(): void {
    this.#admit();
  }

  onWritten(sequence: number): void {
    if (this.#oneway.size > 0) this.#oneway.written(sequence, (call) => this.#context.deadlines.delete(call));
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

  /** The peer asks. That is never an answer, whatever its opaque. */
  #serve(request: RemotingCommand): void {
    this.#context.publish({ type: "notification", address: this.address, command: request });
    const refusal = refuseRequest(request);
    // One that asks and does not read is not answered: its answers would pile up.
    if (refusal !== undefined && !this.#outbox?.full) this.#outbox?.append(refusal, request.opaque);
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
      return call.reject(misuseOf(misuse, call.init.operation));
    }
    if ((command.flag & FLAG_ONEWAY) !== 0) {
      this.#pending.take(call.opaque);
      this.#oneway.add(call);
    }
  }

  /** A call that leaves before its answer: nobody may wait for the dial any more. */
  #forget(call: Call): void {
    this.#pending.take(call.opaque);
    this.#oneway.delete(call);
    this.#waiting.delete(call);
    if (this.#socket === undefined && this.#waiting.size === 0) this.close(lostConnection(this.address, "nobody waits for it any more"));
    else this.#admit();
  }

  #settle(call: Call, error: NameServerError): void {
    this.#context.deadlines.delete(call);
    call.settle({ type: "failure", error, sent: this.#outbox?.hasSent(call.sequence) ?? false });
  }

  #closeIfDone(): void {
    if (!this.#retired || this.#pending.size + this.#waiting.size + this.#oneway.size > 0) return;
    this.#end(lostConnection(this.address, "it is not needed any more"), undefined);
  }

  #fail(error: unknown): void {
    if (!this.#closed) this.close(brokenConnection(this.address, error));
  }

  #end(error: NameServerError, shown: NameServerError | undefined /* nothing for an end to be expected */): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#watch.close();
    if (this.#socket === undefined) this.#dial.abort(error);
    else this.#context.publish({ type: "disconnected", address: this.address, ...(shown && { error: shown }) });
    this.#socket?.close();
    this.#context.onClosed(this);
    this.failCalls(error);
  }
}
