import type { RemoteEvent } from "./events.ts";

/**
 * The event of an answer that nobody waits for: one that came late, twice, or with an opaque that was never sent.
 *
 * @param count How many the connection has dropped, this one included.
 */
export function droppedAnswer(address: string, opaque: number, count: number): RemoteEvent {
  const message = `Dropped an answer from "${address}": nobody waits for opaque ${opaque} (any more); ${count} on this connection so far`;
  return { type: "warning", about: "dropped-answer", message, address };
}
