import { ContactState } from "../client/registration/contact_state.ts";
import { talkFailure } from "../client/registration/talk_failure.ts";
import { forOperation, NameServerError, withContext } from "../errors.ts";
import type { HeartbeatData } from "../model/heartbeat_data.ts";
import { ByteWriter } from "../protocol/byte_writer.ts";
import { RequestCode } from "../protocol/codes.ts";
import { FLAG_RESPONSE, type RemotingCommand } from "../protocol/command.ts";
import { parseAddress } from "../remote/address.ts";
import { dialTimedOut } from "../remote/dial_errors.ts";
import { endOfStream } from "../remote/end_of_stream.ts";
import { timeoutError } from "../remote/timeout_error.ts";
import { CommandStream } from "../remote/read_commands.ts";
import { writeFrame } from "../remote/write_frame.ts";
import { heartBeatCommand } from "../request/heart_beat.ts";
import { operationOf } from "../request/operation.ts";
import { expectSuccess } from "../request/response_error.ts";
import { unregisterClientCommand } from "../request/unregister_client.ts";
import { beatOrder } from "./beat_order.ts";
import type { BlockingRemote } from "./blocking_remote.ts";
import { linkFailure } from "./link_failure.ts";
import { Notice, Order } from "./pump/layout.ts";
import type { LinkReader, PumpSession } from "./pump_session.ts";

/** Tells one broker of one client: the pump repeats the heartbeat; what comes of it is heard whenever the caller listens. */
export class SyncContact extends ContactState implements LinkReader {
  readonly #remote: BlockingRemote;
  /** The address in its normal form, where it has one. */
  #server: string;
  #session: PumpSession | undefined;
  #id = 0;
  #commands: CommandStream;
  #isOpen = false;
  /** Whether the broker said anything over its link. */
  #hasHeard = false;
  #isSpoilt = false;
  /** What the pump repeats, with its interval; `undefined`: nothing. */
  #repeated: { readonly heartbeat: HeartbeatData; readonly opaque: number; readonly text: string } | undefined;
  /** What was sent and not answered, by opaque; of a heartbeat that is repeated, the first. */
  readonly #awaited = new Map<number, RemotingCommand>();
  #opaque = 0;

  constructor(address: string, remote: BlockingRemote) {
    super(address);
    this.#remote = remote;
    this.#server = address;
    this.#commands = this.#newCommands();
  }

  /** Whether all that was sent is answered, or has failed. */
  get isSettled(): boolean {
    return this.#awaited.size === 0;
  }

  /** Whether the worker that had its link is gone. */
  isLost(session: PumpSession): boolean {
    return session !== this.#session;
  }

  /** Whether what comes over its link can't be read any more, so that {@link update} has to give it another. */
  get isSpoilt(): boolean {
    return this.#isSpoilt;
  }

  /** Tells the broker what it does not know yet, and takes leave for groups that left. It goes on hearing what it is to know. */
  update(session: PumpSession, intervalMs: number): void {
    const { wanted } = this;
    if (this.isLost(session) || this.#isSpoilt && wanted !== undefined) this.#reopen(session);
    this.#takeLeave(this.takeLeave(wanted).map(unregisterClientCommand), session);
    if (wanted === undefined) return this.#rest();
    const text = JSON.stringify([wanted, intervalMs]);
    if (text === this.#repeated?.text && !(this.isSettled && this.lacks(wanted))) return;
    const payload = this.#prepare(wanted, intervalMs);
    if (payload === undefined) return this.#rest();
    this.#repeated = { heartbeat: wanted, opaque: this.#opaque, text };
    session.send(Order.BEAT, this.#id, payload);
  }

  /** Takes leave of a client that ends. */
  takeLastLeave(session: PumpSession): void {
    if (session === this.#session) this.#takeLeave(this.lastGoodbyes.map(unregisterClientCommand), session);
  }

  /** Tells the broker no more, not even goodbye. Its link stays as it is. */
  letBe(): void {
    this.#rest();
    this.#awaited.clear();
    this.forget();
  }

  /** Gives a dial up that takes longer than dials may. */
  giveUpDial(): void {
    if (!this.#isOpen && !this.isSettled) this.#fail(dialTimedOut(this.#server, this.#remote.connectionOptions.connectTimeoutMs));
  }

  /** Gives up what was not answered in `timeoutMs`. */
  giveUp(timeoutMs: number): void {
    const [command] = this.#awaited.values();
    if (command === undefined) return;
    const init = { command, operation: operationOf(command.code), timeoutMs };
    this.ended(timeoutError({ init, sequence: this.#isOpen ? 1 : 0 }, this.#server));
    this.#awaited.clear();
  }

  /** Closes its link. */
  close(): void {
    this.#session?.closeLink(this.#id);
    this.#session = undefined;
  }

  onNotice(type: number, payload: Uint8Array): void {
    switch (type) {
      case Notice.OPENED:
        this.#isOpen = true;
        this.#hasHeard = false;
        this.#commands = this.#newCommands();
        break;
      case Notice.DATA:
        this.#receive(payload);
        break;
      case Notice.ENDED:
        this.#onGone(this.#endOfStream());
        break;
      case Notice.FAILED:
        this.#onGone(linkFailure(this.#server, payload, this.#isOpen));
    }
  }

  /** What was told over another link is forgotten with it. */
  #reopen(session: PumpSession): void {
    if (session === this.#session) session.closeLink(this.#id);
    this.#session = session;
    this.#id = session.addLink(this);
    this.#isOpen = this.#isSpoilt = false;
    this.#repeated = undefined;
    this.#awaited.clear();
    this.forget();
  }

  /** The pump sends goodbyes behind the answer to a heartbeat under way, which the broker could otherwise heed later than them. */
  #takeLeave(goodbyes: readonly RemotingCommand[], session: PumpSession): void {
    for (const goodbye of goodbyes) session.send(Order.LAST_WORDS, this.#id, this.#frame(goodbye));
    if (goodbyes.length > 0) this.#repeated = undefined;
  }

  /** The order to repeat a heartbeat; `undefined` where it can't be sent, which is the broker's failure. */
  #prepare(heartbeat: HeartbeatData, intervalMs: number): Uint8Array | undefined {
    this.telling(heartbeat);
    if (this.#repeated !== undefined) this.#awaited.delete(this.#repeated.opaque);
    try {
      this.#server = parseAddress(this.address);
      return beatOrder(this.#server, this.#frame(heartBeatCommand(heartbeat)), { intervalMs, remote: this.#remote });
    } catch (error) {
      this.ended(talkFailure(error, this.address, operationOf(RequestCode.HEART_BEAT)!));
      return undefined;
    }
  }

  #rest(): void {
    if (this.#repeated !== undefined) this.#session?.send(Order.REST, this.#id);
    this.#repeated = undefined;
  }

  #endOfStream(): NameServerError {
    return endOfStream(this.#server, this.#commands.progress, this.#remote.connectionOptions.tls === undefined && !this.#hasHeard);
  }

  #receive(chunk: Uint8Array): void {
    this.#hasHeard = true;
    try {
      this.#commands.push(chunk);
    } catch (error) {
      if (!(error instanceof NameServerError)) throw error;
      this.#isSpoilt = true;
      this.#fail(withContext(error, { address: this.#server }));
    }
  }

  #onCommand(response: RemotingCommand): void {
    if ((response.flag & FLAG_RESPONSE) === 0) return; // a broker tells consumers of changes
    const command = this.#awaited.get(response.opaque);
    this.#awaited.delete(response.opaque);
    if (response.opaque === this.#repeated?.opaque) this.#onBeatAnswered(response, this.#repeated.heartbeat);
    else if (command !== undefined) this.ended(this.error ?? failureOf(response, command.code));
  }

  #onBeatAnswered(response: RemotingCommand, heartbeat: HeartbeatData): void {
    const failure = failureOf(response, RequestCode.HEART_BEAT);
    if (failure === undefined) this.accepted(heartbeat);
    else this.ended(failure);
  }

  #onGone(error: NameServerError): void {
    this.#isOpen = false;
    this.#fail(error);
  }

  /** Fails what is awaited, or the heartbeat that will be. */
  #fail(error: NameServerError): void {
    const [command] = this.#awaited.values();
    this.#awaited.clear();
    this.ended(forOperation(error, operationOf(command?.code ?? RequestCode.HEART_BEAT)));
  }

  #frame(command: RemotingCommand): Uint8Array {
    const writer = new ByteWriter();
    writeFrame(this.#remote.finish(command), ++this.#opaque, writer, this.#remote.connectionOptions);
    this.#awaited.set(this.#opaque, command);
    return writer.view();
  }

  #newCommands(): CommandStream {
    const taker = { address: this.#server, onCommand: (command: RemotingCommand) => this.#onCommand(command) };
    return new CommandStream(taker, this.#remote.connectionOptions.maxFrameBytes);
  }
}

function failureOf(response: RemotingCommand, code: number): NameServerError | undefined {
  try {
    expectSuccess(response, operationOf(code)!);
    return undefined;
  } catch (error) {
    return error as NameServerError;
  }
}
