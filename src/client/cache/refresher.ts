import { Alarm } from "../../remote/alarm.ts";
import type { Timers } from "../../remote/timers.ts";
import type { Fetched } from "./fetch_route.ts";
import type { KeptRoute } from "./kept_route.ts";
import { RefreshSchedule } from "./refresh_schedule.ts";
import type { RouteEntries } from "./route_entries.ts";

/** Questions under way at a time: enough to keep a connection busy, few enough to leave room for calls. */
const MOST_IN_FLIGHT = 64;
/** Servers that fail are left alone for so long; then one question tells whether they are back. */
const PAUSE_MS = 1000;

/** What a refresher works with. */
export interface RefresherContext {
  readonly entries: RouteEntries;
  readonly timers: Timers;
  fetch(topic: string): Promise<Fetched>;
}

/** Renews routes behind the callers' backs. Its one timer never holds the process, and is not set while nothing is planned. */
export class Refresher {
  readonly #context: RefresherContext;
  readonly #schedule: RefreshSchedule;
  /** What is to be asked for as soon as there is room. */
  readonly #queue = new Set<KeptRoute>();
  #inFlight = 0;
  #room = MOST_IN_FLIGHT;
  #pausedUntil = -Infinity;
  readonly #alarm: Alarm;
  #closed = false;

  constructor(context: RefresherContext) {
    this.#context = context;
    this.#alarm = new Alarm(context.timers, () => this.#renewDue());
    this.#schedule = new RefreshSchedule(context.entries.settings.ttlMs);
  }

  /** Plans the renewal of a route that was just confirmed. */
  plan(kept: KeptRoute): void {
    if (this.#closed || this.#context.entries.settings.ttlMs === 0) return; // then every use renews
    this.#wakeAt(this.#schedule.add(kept));
  }

  /** Renews a route now, or as soon as there is room. */
  renew(kept: KeptRoute): void {
    if (this.#closed) return;
    this.#queue.add(kept);
    this.#pump();
  }

  /** Stops. */
  close(): void {
    this.#closed = true;
    this.#queue.clear();
    this.#alarm.setTo(Infinity);
  }

  #pump(): void {
    const { entries, timers } = this.#context;
    const now = timers.now();
    if (now < this.#pausedUntil) return this.#wakeAt(this.#pausedUntil);
    for (const kept of this.#queue) {
      if (this.#inFlight >= this.#room) return;
      this.#queue.delete(kept);
      if (entries.isAlive(kept, now)) void this.#renew(kept);
    }
  }

  async #renew(kept: KeptRoute): Promise<void> {
    this.#inFlight++;
    try {
      const { confirmed } = await this.#context.fetch(kept.topic);
      if (confirmed) this.#room = MOST_IN_FLIGHT;
      else this.#pause(kept);
    } catch {
      // There is no such topic any more, or nothing is left to fall back on: the next call will hear of it
    }
    this.#inFlight--;
    if (!this.#closed) this.#pump();
  }

  #pause(kept: KeptRoute): void {
    if (this.#closed) return;
    this.#queue.add(kept);
    this.#room = 1;
    this.#pausedUntil = this.#context.timers.now() + PAUSE_MS;
  }

  #wakeAt(time: number | undefined): void {
    if (time !== undefined && time < this.#alarm.ringsAt && !this.#closed) this.#alarm.setTo(time);
  }

  /** Routes that nobody asked for since they were renewed last are left to grow old. */
  #renewDue(): void {
    for (const kept of this.#schedule.take(this.#context.timers.now())) if (kept.asked) this.#queue.add(kept);
    this.#pump();
    this.#wakeAt(this.#schedule.nextAt);
  }
}
