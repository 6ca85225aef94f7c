import type { NameServerError } from "../../errors.ts";
import type { RemotingCommand } from "../../protocol/command.ts";
import { heartBeatCommand } from "../../request/heart_beat.ts";
import { unregisterClientCommand } from "../../request/unregister_client.ts";
import { ContactState } from "./contact_state.ts";

/** Sends a command to a broker; gives why it was not accepted, `undefined` where it was. Never rejects. */
export type Tell = (command: RemotingCommand, timeoutMs: number | undefined) => Promise<NameServerError | undefined>;

/** Tells one broker of one client. One talk at a time, so that no heartbeat overtakes a goodbye. */
export class BrokerContact extends ContactState {
  /** When the next heartbeat is due, on the clock of its owner; not before the first was sent. */
  dueAt: number = Infinity;
  /** How many heartbeats were accepted. */
  beats: number = 0;
  readonly #tell: Tell;
  #talk: Promise<void> | undefined;
  #nextTalk: Promise<void> | undefined;

  constructor(address: string, tell: Tell) {
    super(address);
    this.#tell = tell;
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
    const goodbyes = this.takeLeave(wanted).map(unregisterClientCommand);
    if (goodbyes.length > 0) {
      const errors = await Promise.all(goodbyes.map((goodbye) => this.#tell(goodbye, timeoutMs)));
      this.ended(errors.find((error) => error !== undefined));
      if (this.error !== undefined) return;
    }
    if (wanted === undefined || !due && !this.lacks(wanted)) return;
    this.telling(wanted);
    const error = await this.#tell(heartBeatCommand(wanted), timeoutMs);
    if (error !== undefined) return this.ended(error);
    this.accepted(wanted);
    this.beats++;
  }
}
