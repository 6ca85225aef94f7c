import { forOperation, NameServerError, withContext } from "../errors.ts";
import { ByteWriter } from "../protocol/byte_writer.ts";
import { ResponseCode } from "../protocol/codes.ts";
import { FLAG_RESPONSE, type RemotingCommand } from "../protocol/command.ts";
import { endpointOf } from "../remote/address.ts";
import { dialTimedOut } from "../remote/dial_errors.ts";
import { endOfStream } from "../remote/end_of_stream.ts";
import { Liveness } from "../remote/liveness.ts";
import { deadConnection, lostConnection } from "../remote/lost_connection.ts";
import { misuseOf } from "../remote/misuse_of.ts";
import { PROBE } from "../remote/probe.ts";
import { CommandStream, type CommandTaker } from "../remote/read_commands.ts";
import { refuseRequest } from "../remote/refuse_request.ts";
import { timeoutError } from "../remote/timeout_error.ts";
import { writeFrame } from "../remote/write_frame.ts";
import { linkFailure } from "./link_failure.ts";
import type { Mailbox } from "./mailbox.ts";
import { Notice, Order } from "./pump/layout.ts";
import type { OpenOrder } from "./pump/messages.ts";
import type { SyncConnectionOptions, SyncConnectionOwner } from "./sync_connection_context.ts";
import type { SyncExchange } from "./sync_exchange.ts";

const MAX_OPAQUE = 0x7fffffff;
/** A buffer that grew larger for one big frame is not kept. */
const KEEP_BYTES = 1 << 18;

/**
 * One connection to one server, whose socket the pump has: frames, opaques and errors are dealt with here. One exchange at a time. Nothing
 * is sent while notices are heard, since they are heard in the middle of a frame, too.
 */
export class SyncConnection implements CommandTaker {
  /** The server, `host:port`. */
  readonly address: string;
  /** Its number among the links of the pump. */
  readonly id: number;
  readonly #options: SyncConnectionOptions;
  readonly #mailbox: Mailbox;
  readonly #owner: SyncConnectionOwner;
  readonly #dialUntil: number;
  readonly #commands: CommandStream;
  readonly #liveness = new Liveness();
  readonly #writer = new ByteWriter();
  /** Refusals of what the peer asked. */
  #owed: RemotingCommand[] = [];
  #current: SyncExchange | undefined;
  #opaque = 0;
  #state: "dialling" | "open" | "closed" = "dialling";
  #isClogged = false;
  /** Whether the server ever said anything. */
  #hasHeard = false;

  /** Has the pump dial. */
  constructor(address: string, id: number, options: SyncConnectionOptions, mailbox: Mailbox, owner: SyncConnectionOwner) {
    this.address = address;
    this.id = id;
    this.#options = options;
    this.#mailbox = mailbox;
    this.#owner = owner;
    this.#dialUntil = performance.now() + options.connectTimeoutMs;
    this.#commands = new CommandStream(this, options.maxFrameBytes);
    const order: OpenOrder = { ...endpointOf(address), ...(options.tls && { tls: options.tls }) };
    this.#mailbox.send(Order.OPEN, id, new TextEncoder().encode(JSON.stringify(order)));
  }

  /** Whether calls have to go to another connection. */
  get closed(): boolean {
    return this.#state === "closed";
  }

  /** When {@link SyncConnection.expire} has something to do for the exchange, at the latest. */
  get dueAt(): number {
    const until = this.#current?.until ?? Infinity;
    return this.#state === "dialling" ? Math.min(until, this.#dialUntil) : until;
  }

  /** Begins an exchange. Its outcome comes while the mailbox waits. @throws What is wrong with the command. */
  start(exchange: SyncExchange): void {
    this.#current = exchange;
    this.proceed();
  }

  /** Sends what can be sent by now. @throws What is wrong with the command: no other server would mend it. */
  proceed(): void {
    const exchange = this.#current;
    if (this.#state !== "open" || this.#isClogged) return;
    this.#payDebts();
    if (exchange === undefined || exchange.sequence > 0 || exchange.outcome !== undefined) return;
    if (exchange.init.command === undefined) this.#settle({ type: "connected" });
    else this.#sendRequest(exchange, exchange.init.command);
  }

  /** Ends what has taken too long. What has arrived was heard before. */
  expire(now: number): void {
    const exchange = this.#current;
    if (exchange !== undefined && exchange.until <= now) {
      this.#timeOut(exchange);
      if (this.#state === "dialling") this.#end(lostConnection(this.address, "nobody waits for it any more"));
      else this.#noteSilence(exchange.init.timeoutMs, now);
    } else if (this.#state === "dialling" && this.#dialUntil <= now) {
      this.#end(dialTimedOut(this.address, this.#options.connectTimeoutMs));
    } else if (this.#liveness.deadAt <= now) {
      this.#end(deadConnection(this.address));
    }
  }

  /** Closes: one that was suspect has no exchange. */
  retire(): void {
    this.#end(lostConnection(this.address, "it is not needed any more"));
  }

  /** Hears what became of its link. */
  onNotice(type: number, payload: Uint8Array): void {
    if (this.#state === "closed") return;
    switch (type) {
      case Notice.OPENED:
        this.#state = "open";
        break;
      case Notice.DATA:
        this.#receive(payload);
        break;
      case Notice.ENDED:
        this.#onEnded();
        break;
      case Notice.FAILED:
        this.#end(linkFailure(this.address, payload, this.#state === "open"));
        break;
      case Notice.CLOGGED:
      case Notice.FREE:
        this.#isClogged = type === Notice.CLOGGED;
    }
  }

  #onEnded(): void {
    this.#end(endOfStream(this.address, this.#commands.progress, this.#options.tls === undefined && !this.#hasHeard));
  }

  #receive(chunk: Uint8Array): void {
    this.#hasHeard = true;
    if (this.#liveness.received()) this.#owner.onAlive(this);
    try {
      this.#commands.push(chunk);
    } catch (error) {
      if (!(error instanceof NameServerError)) throw error;
      this.#end(withContext(error, { address: this.address }));
    }
  }

  /** Hears what the server said. */
  onCommand(command: RemotingCommand): void {
    if ((command.flag & FLAG_RESPONSE) === 0) return this.#owe(refuseRequest(command));
    const exchange = this.#current;
    // An answer whose call is over: nobody gets it.
    if (exchange === undefined || exchange.sequence === 0 || exchange.opaque !== command.opaque) return;
    this.#settle({ type: "answer", response: command });
    // The server ends this connection, and serves others no better.
    if (command.code === ResponseCode.GO_AWAY) this.retire();
  }

  #owe(refusal: RemotingCommand | undefined): void {
    if (refusal !== undefined && this.#owed.length < 1000) this.#owed.push(refusal);
  }

  /** Where there is no room at once they are left unsaid: a peer that asks and does not read needs no answer. */
  #payDebts(): void {
    for (const refusal of this.#owed.splice(0)) {
      this.#encode(refusal, refusal.opaque);
      this.#hand(0);
    }
  }

  #sendRequest(exchange: SyncExchange, command: RemotingCommand): void {
    exchange.opaque = this.#nextOpaque();
    try {
      this.#encode(command, exchange.opaque);
    } catch (misuse) {
      this.#current = undefined;
      throw misuseOf(misuse, exchange.init.operation);
    }
    exchange.sequence = 1;
    if (this.#hand(exchange.until)) return;
    this.#timeOut(exchange);
    this.#end(lostConnection(this.address, "a request was cut off")); // what came behind would be taken for its rest
  }

  #nextOpaque(): number {
    return this.#opaque = this.#opaque === MAX_OPAQUE ? 1 : this.#opaque + 1;
  }

  #timeOut(exchange: SyncExchange): void {
    this.#settle({ type: "failure", error: timeoutError(exchange, this.address), sent: exchange.sequence > 0 });
  }

  /** Where a probe finds no room at once it is left unsaid, as much of a probe as one that nobody answers. */
  #noteSilence(timeoutMs: number, now: number): void {
    this.#liveness.timedOut(timeoutMs, now);
    if (!this.#liveness.isSuspect || !this.#owner.onSuspect(this)) return;
    this.#liveness.probed(now);
    if (this.#isClogged) return;
    this.#encode(PROBE, this.#nextOpaque());
    this.#hand(0);
  }

  #encode(command: RemotingCommand, opaque: number): void {
    this.#writer.clear(KEEP_BYTES);
    writeFrame(command, opaque, this.#writer, this.#options);
  }

  /** Gives the frame to the pump, in pieces where it is large. `false` where it was cut off because the time was over. */
  #hand(until: number): boolean {
    const frame = this.#writer.view();
    const { largest } = this.#mailbox;
    for (let at = 0; at < frame.length && this.#state === "open"; at += largest) {
      const type = at + largest < frame.length ? Order.WRITE_PART : Order.WRITE;
      if (!this.#mailbox.send(type, this.id, frame.subarray(at, at + largest), until)) return false;
    }
    return true;
  }

  #settle(outcome: NonNullable<SyncExchange["outcome"]>): void {
    if (this.#current !== undefined) this.#current.outcome ??= outcome;
    this.#current = undefined;
  }

  #end(error: NameServerError): void {
    const exchange = this.#current;
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#owner.onClosed(this);
    if (exchange === undefined) return;
    this.#settle({ type: "failure", error: forOperation(error, exchange.init.operation), sent: exchange.sequence > 0 });
  }
}
