import type { NameServerError } from "../../errors.ts";
import type { HeartbeatData } from "../../model/heartbeat_data.ts";
import type { ClientDeparture } from "../../request/unregister_client.ts";
import { covers } from "../../route/registration/covers.ts";
import { departures } from "../../route/registration/departures.ts";

/** One client at one broker: what the broker is to know, what it was told, and how that went. Sends nothing itself. */
export class ContactState {
  /** The broker, as it is dialled. */
  readonly address: string;
  /** What it is to know; `undefined`: nothing. */
  wanted: HeartbeatData | undefined;
  #told: HeartbeatData | undefined;
  #answered: HeartbeatData | undefined;
  #error: NameServerError | undefined;

  constructor(address: string) {
    this.address = address;
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

  /** What a client that ends has to say. */
  get lastGoodbyes(): readonly ClientDeparture[] {
    return this.known === undefined ? [] : departures(this.known);
  }

  /** Whether a heartbeat has to go out before it is due: the broker does not know all of it, or failed last. */
  lacks(heartbeat: HeartbeatData): boolean {
    return this.#error !== undefined || !covers(this.#answered, heartbeat);
  }

  /**
   * What has to be said before a heartbeat: goodbyes for groups that it does not name any more. The broker counts as told so. One that did
   * not answer last is not bothered: without a connection it has forgotten the client, else it will.
   */
  takeLeave(after: HeartbeatData | undefined): readonly ClientDeparture[] {
    if (this.#told === undefined) return [];
    const leaving = departures(this.#told, after);
    this.#told = after;
    if (leaving.length === 0 || this.#error !== undefined) return [];
    this.#answered = covers(this.#answered, after) ? after : undefined;
    return leaving;
  }

  /** A heartbeat is on its way. */
  telling(heartbeat: HeartbeatData): void {
    this.#told = heartbeat;
  }

  /** The broker has taken a heartbeat. */
  accepted(heartbeat: HeartbeatData): void {
    this.#answered = heartbeat;
    this.#error = undefined;
  }

  /** How a talk went that is no heartbeat, or one that failed. */
  ended(error: NameServerError | undefined): void {
    this.#error = error;
  }

  /** Nothing is known of the broker any more, as if it had never been told. */
  forget(): void {
    this.#told = this.#answered = this.#error = undefined;
  }
}
