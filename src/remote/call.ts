import type { RemotingCommand } from "../protocol/command.ts";
import type { Deadline, Slot } from "./deadlines.ts";
import type { Aborted, Outcome } from "./outcome.ts";
import type { AbortListener, SharedSignal } from "./shared_signals.ts";

/** What a call on a connection needs. */
export interface CallInit {
  /** What is sent, but for its opaque. Left out: the call ends when the connection is open. */
  readonly command?: RemotingCommand | undefined;
  /** For messages: `queryTopicRouteInfo`. */
  readonly operation?: string | undefined;
  /** How long it may take. */
  readonly timeoutMs: number;
  /** Takes it back. */
  readonly signal?: SharedSignal | undefined;
}

/** Who has a call: the connection that waits to send it or waits for its answer. */
export interface CallOwner {
  /** Its time is over. */
  onTimeout(call: Call): void;
  /** Its signal fired. */
  onAbort(call: Call): void;
}

/** Who waits for a call. */
export interface CallEnd {
  /** How it went. */
  onOutcome(outcome: Outcome | Aborted): void;
  /** It was not sent for an error of its caller's, which no other server would mend. */
  onMisuse(misuse: unknown): void;
}

/**
 * A request on its way through one connection. Settles once. Made for every call there is, so its state is in plain fields, which engines
 * set up faster than private ones.
 */
export class Call implements Deadline, AbortListener {
  readonly init: CallInit;
  /** int32 that the answer will carry; 0 until it is sent. */
  opaque: number;
  /** Its place among all that the connection sent; 0 until then. */
  sequence: number;
  slot: Slot | undefined;
  previous: Deadline | undefined;
  next: Deadline | undefined;
  private readonly owner: CallOwner;
  private readonly end: CallEnd;

  constructor(init: CallInit, owner: CallOwner, end: CallEnd) {
    this.init = init;
    this.opaque = 0;
    this.sequence = 0;
    this.slot = undefined;
    this.previous = undefined;
    this.next = undefined;
    this.owner = owner;
    this.end = end;
    init.signal?.add(this);
  }

  /** Ends it with an outcome. Its owner has let go of it. */
  settle(outcome: Outcome): void {
    this.init.signal?.delete(this);
    this.end.onOutcome(outcome);
  }

  /** Ends it with an error of its caller's, which no other server would mend. */
  reject(misuse: unknown): void {
    this.init.signal?.delete(this);
    this.end.onMisuse(misuse);
  }

  /** The queue of deadlines calls this. */
  onDeadline(): void {
    this.owner.onTimeout(this);
  }

  /** The signal calls this. */
  onAbort(): void {
    const { signal } = this.init;
    signal?.delete(this);
    this.owner.onAbort(this);
    this.end.onOutcome({ type: "aborted", reason: signal?.reason });
  }
}
