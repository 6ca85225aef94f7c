import type { NameServerError } from "../../errors.ts";
import type { HeartbeatData } from "../../model/heartbeat_data.ts";
import type { RemotingCommand } from "../../protocol/command.ts";
import { heartBeatCommand } from "../../request/heart_beat.ts";
import { unregisterClientCommand } from "../../request/unregister_client.ts";
import { covers } from "../../route/registration/covers.ts";
import { departures } from "../../route/registration/departures.ts";

/** Sends a command to a broker; gives why it was not accepted, `undefined` where it was. Never rejects. */
export type Tell = (command: RemotingCommand, timeoutMs: number | undefined) => Promise<NameServerError | undefined>;

/** One client at one broker: what the broker is to know, what it was told, and how that went. One talk at a time. */
export class BrokerContact {
  /** The broker, as it is dialled. */
  readonly address: string;
  /** What it is to know; `undefined`: nothing. */
  wanted: HeartbeatData | undefined;
  /** When the next heartbeat is due, on the clock of its owner; not before the first was sent. */
  dueAt: number = Infinity;
  /** How many heartbeats were accepted. */
  accepted: number = 0;
  readonly #tell: Tell;
  #told: HeartbeatData | undefined;
  #answered: HeartbeatData | undefined;
  #error: NameServerError | undefined;
  #talk: Promise<void> | undefined;
  #nextTalk: Promise<void> | undefined;

  constructor(address: string, tell: Tell) {
    this.address = address;
    this.#tell = tell;
  }

  /** What the broker accepted last; `undefined` where its last answer was none, or no. */
  get known(): HeartbeatData | undefined {
    return this.#error === undefined ? this.#answered : undefined;
  }

  /** Why the last heartbeat or goodbye failed. */
  get error(): NameServerError | undefined {
    return this.#error;
  }

  /** What the broker may have heard, whether it answered or not. */
  get told(): HeartbeatData | undefined {
    return this.#told;
  }

  /** Whether a talk is under way. */
  get busy(): boolean {
    return this.#talk !== undefined;
  }

  /** Sends the heartbeat that is due. */
  beat(timeoutMs?: number): Promise<void> {
    return this.#talk ?? this.#begin(true, timeoutMs);
  }

  /** Tells the broker what it does not know yet, and takes leave for groups that left. Resolves when that is done, or has failed. */
  update(timeoutMs?: number): Promise<void> {
    if (this.#talk === undefined) return this.#begin(false, timeoutMs);
    // What is wanted may have changed behind the talk under way; one more serves all who come meanwhile.
    return this.#nextTalk ??= this.#talk.then(() => {
      this.#nextTalk = undefined;
      return this.update(timeoutMs);
    });
  }

  #begin(due: boolean, timeoutMs: number | undefined): Promise<void> {
    return this.#talk = this.#converse(due, timeoutMs).finally(() => this.#talk = undefined);
  }

  async #converse(due: boolean, timeoutMs: number | undefined): Promise<void> {
    const { wanted } = this;
    await this.#takeLeave(wanted, timeoutMs);
    if (wanted === undefined || !due && this.#error === undefined && covers(this.#answered, wanted)) return;
    this.#told = wanted;
    this.#error = await this.#tell(heartBeatCommand(wanted), timeoutMs);
    if (this.#error !== undefined) return;
    this.#answered = wanted;
    this.accepted++;
  }

  /** A broker that did not answer last is not bothered: without a connection it has forgotten the client, else it will. */
  async #takeLeave(wanted: HeartbeatData | undefined, timeoutMs: number | undefined): Promise<void> {
    if (this.#told === undefined) return;
    const leaving = departures(this.#told, wanted);
    this.#told = wanted;
    if (leaving.length === 0 || this.#error !== undefined) return;
    const errors = await Promise.all(leaving.map((departure) => this.#tell(unregisterClientCommand(departure), timeoutMs)));
    this.#error = errors.find((error) => error !== undefined);
    this.#answered = covers(this.#answered, wanted) ? wanted : undefined;
  }
}
