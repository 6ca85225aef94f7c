// The memory that the calling thread and the pump share:
//
//   0                1024                       + size              + size
//   ┌────────────────┬──────────────────────────┬───────────────────┐
//   │ words (int32)  │ ring: caller → pump      │ ring: pump →caller│
//   └────────────────┴──────────────────────────┴───────────────────┘
//
// Words that different threads write stand on cache lines of their own.

/** Places of the words. */
export const Word = {
  /** A value of `PumpState`. */
  STATE: 0,
  /** A value of `PumpMode`: which bell wakes the pump. */
  MODE: 16,
  /** The pump blocks on it for a moment after an answer. */
  BLOCK_BELL: 32,
  /** The pump has its event loop listen to it else. */
  ASYNC_BELL: 48,
  /** The caller blocks on it. */
  CALLER_BELL: 64,
  /** The last ping that the pump has seen. */
  PONG: 80,
  /** Bookkeeping of the rings, 48 words each. */
  TO_PUMP: 96,
  TO_CALLER: 144,
} as const;

/** Where the rings begin. */
export const RINGS_AT = 1024;

/** How far the pump is. */
export const PumpState = { STARTING: 0, RUNNING: 1, DEAD: 2 } as const;

/** What the pump does while there is nothing to do. */
export const PumpMode = { AWAKE: 0, BLOCKED: 1, LISTENING: 2 } as const;

/** What the caller says. The link is a number that the caller chose. */
export const Order = {
  /** A piece of the payload of the order that follows. */
  PIECE: 0,
  /** Dial; the payload is an `OpenOrder` as JSON. */
  OPEN: 1,
  /** Bytes for the link; further pieces of the same frame follow. */
  WRITE_PART: 2,
  /** Bytes for the link, the last of a frame. */
  WRITE: 3,
  /** Close the link and say nothing of it any more. */
  CLOSE: 4,
  /** Show a sign of life: the number stands in place of the link. */
  PING: 5,
  /** Close all links and end. */
  END: 6,
  /** Keep a link open and write a frame to it, at once and then on a timer; the payload is a `BeatOrder` as JSON, a line feed, the frame. */
  BEAT: 7,
  /** End a link's beat, and write a frame behind the answer to what was written last. */
  LAST_WORDS: 8,
  /** End a link's beat, and keep the link. */
  REST: 9,
} as const;

/** What the pump says of a link. */
export const Notice = {
  OPENED: 1,
  /** Bytes that came. */
  DATA: 2,
  /** The other side closed it. */
  ENDED: 3,
  /** It can't be opened, or broke; the payload is a `LinkFailure` as JSON. */
  FAILED: 4,
  /** The system takes no more bytes for it at the moment. */
  CLOGGED: 5,
  /** It does again. */
  FREE: 6,
} as const;
