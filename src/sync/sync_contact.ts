import { NameServerError, withContext } from "../errors.ts";
import type { HeartbeatData } from "../model/heartbeat_data.ts";
import { ByteWriter } from "../protocol/byte_writer.ts";
import { FLAG_RESPONSE, type RemotingCommand } from "../protocol/command.ts";
import { decodeDraft } from "../protocol/decode_command.ts";
import { FrameDecoder } from "../protocol/frame.ts";
import { endpointOf } from "../remote/address.ts";
import { endOfStream } from "../remote/end_of_stream.ts";
import { writeFrame } from "../remote/write_frame.ts";
import { heartBeatCommand } from "../request/heart_beat.ts";
import { operationOf } from "../request/operation.ts";
import { expectSuccess } from "../request/response_error.ts";
import { unregisterClientCommand } from "../request/unregister_client.ts";
import { departures } from "../route/registration/departures.ts";
import type { BlockingRemote } from "./blocking_remote.ts";
import { linkFailure } from "./link_failure.ts";
import { Notice, Order } from "./pump/layout.ts";
import type { BeatOrder } from "./pump/messages.ts";
import type { LinkReader, PumpSession } from "./pump_session.ts";

/** Opaque of heartbeats; goodbyes have those behind it. */
const BEAT = 1;

/** One client at one broker: the pump repeats its heartbeat; what comes of it is heard whenever the caller listens. */
export class SyncContact implements LinkReader {
  /** The broker, as it is dialled. */
  readonly address: string;
  /** What the broker accepted last. */
  known: HeartbeatData | undefined;
  /** Why the last heartbeat or goodbye failed. */
  error: NameServerError | undefined;
  readonly #remote: BlockingRemote;
  #session: PumpSession | undefined;
  #id = 0;
  #told: HeartbeatData | undefined;
  #decoder: FrameDecoder;
  #isOpen = false;
  /** Opaques that were sent and not answered; of heartbeats, the last. */
  readonly #awaited = new Set<number>();
  #goodbyes = 0;

  constructor(address: string, remote: BlockingRemote) {
    this.address = address;
    this.#remote = remote;
    this.#decoder = this.#newDecoder();
  }

  /** Whether all that was sent is answered, or has failed. */
  get isSettled(): boolean {
    return this.#awaited.size === 0;
  }

  /** What the broker may have heard. */
  get told(): HeartbeatData | undefined {
    return this.#told;
  }

  /** Has the pump tell the broker at once, and then every `intervalMs`. Another session: over another link. */
  beat(session: PumpSession, heartbeat: HeartbeatData, intervalMs: number): void {
    if (session !== this.#session) this.#id = session.addLink(this);
    this.#session = session;
    this.#told = heartbeat;
    this.#awaited.add(BEAT);
    const { tls } = this.#remote.connectionOptions;
    const order: BeatOrder = { ...endpointOf(this.address), ...(tls && { tls }), intervalMs };
    const frame = this.#frame(heartBeatCommand(heartbeat), BEAT);
    const head = new TextEncoder().encode(`${JSON.stringify(order)}\n`);
    const payload = new Uint8Array(head.length + frame.length);
    payload.set(head);
    payload.set(frame, head.length);
    session.send(Order.BEAT, this.#id, payload);
  }

  /**
   * Takes leave for groups that are not in `after` any more, behind the answer to a heartbeat under way, which the broker could otherwise
   * heed later than the goodbye. One that did not answer last is not bothered.
   */
  takeLeave(session: PumpSession, after: HeartbeatData | undefined): void {
    const leaving = this.#told === undefined || this.error !== undefined || session !== this.#session ? [] : departures(this.#told, after);
    this.#told = after;
    for (const departure of leaving) {
      const opaque = BEAT + ++this.#goodbyes;
      this.#awaited.add(opaque);
      session.send(Order.LAST_WORDS, this.#id, this.#frame(unregisterClientCommand(departure), opaque));
    }
  }

  /** Closes its link. */
  close(session: PumpSession): void {
    if (session === this.#session) session.closeLink(this.#id);
    this.#session = undefined;
  }

  onNotice(type: number, payload: Uint8Array): void {
    switch (type) {
      case Notice.OPENED:
        this.#isOpen = true;
        this.#decoder = this.#newDecoder();
        break;
      case Notice.DATA:
        this.#receive(payload);
        break;
      case Notice.ENDED:
        this.#fail(endOfStream(this.address, this.#decoder.bufferedBytes === 0 ? undefined : this.#decoder.progress));
        break;
      case Notice.FAILED:
        this.#fail(linkFailure(this.address, payload, this.#isOpen));
    }
  }

  #receive(chunk: Uint8Array): void {
    try {
      for (const frame of this.#decoder.push(chunk)) this.#receiveFrame(frame);
    } catch (error) {
      if (!(error instanceof NameServerError)) throw error;
      this.#settle(withContext(error, { address: this.address }));
      this.#decoder = this.#newDecoder();
    }
  }

  #receiveFrame(frame: Uint8Array): void {
    const command = decodeDraft(frame, this.address);
    command.address = this.address;
    if ((command.flag & FLAG_RESPONSE) === 0) return; // a broker tells consumers of changes
    this.#awaited.delete(command.opaque);
    this.error = failureOf(command, operationOf(command.opaque === BEAT ? 34 : 35));
    if (command.opaque === BEAT && this.error === undefined) this.known = this.#told;
  }

  #settle(error: NameServerError): void {
    this.error = error;
    this.#awaited.clear();
  }

  #fail(error: NameServerError): void {
    this.#isOpen = false;
    this.known = undefined;
    this.#settle(error);
  }

  #frame(command: RemotingCommand, opaque: number): Uint8Array {
    const writer = new ByteWriter();
    writeFrame(this.#remote.finish(command), opaque, writer, this.#remote.connectionOptions);
    return writer.view();
  }

  #newDecoder(): FrameDecoder {
    return new FrameDecoder({ maxFrameBytes: this.#remote.connectionOptions.maxFrameBytes, address: this.address });
  }
}

function failureOf(response: RemotingCommand, operation: string | undefined): NameServerError | undefined {
  try {
    expectSuccess(response, operation ?? "sendHeartbeat");
    return undefined;
  } catch (error) {
    return error as NameServerError;
  }
}
