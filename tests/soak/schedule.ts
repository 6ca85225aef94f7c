import type { Random } from "../fuzz/mutate.ts";

/** What a server has to suffer. All but `freeze` is of no use to one that can't be told what to do. */
export type Trouble =
  /** Killed with signal 9; comes back later, with its topics. */
  | "kill"
  /** Killed with signal 9; comes back at once, and knows no topic. */
  | "restart empty"
  /** Stopped in its tracks, and let go on. */
  | "freeze"
  /** Answers late, by half as long as it lasts. */
  | "slow"
  /** Answers with bytes that are none, or mean something else. */
  | "garbage";

/** Something that happens to a server. */
export interface Incident {
  /** Since the start. */
  readonly atMs: number;
  /** Index of the server. */
  readonly server: number;
  readonly trouble: Trouble;
  readonly forMs: number;
}

/** The time is cut into eras; in each, one server is left alone. */
const ERA_MS = 10_000;
/** Troubles of an era begin and end before this; what is left of it is for servers to come back, and for calls to end. */
const TROUBLED_MS = 6000;
const SHORTEST_MS = 300;
const LONGEST_MS = 3000;
/** All servers at once, at the end of each third era. Shorter than a call may take. */
const LONGEST_BLACKOUT_MS = 1200;

/**
 * Draws up what happens to servers, in order of time; the same for the same random numbers.
 *
 * @param troubles What each of the servers can suffer; three or more servers.
 */
export function drawUp(durationMs: number, troubles: readonly (readonly Trouble[])[], random: Random): readonly Incident[] {
  const incidents: Incident[] = [];
  for (let era = 0; (era + 1) * ERA_MS <= durationMs; era++) {
    const startMs = era * ERA_MS;
    const spared = random(troubles.length);
    for (const [server, possible] of troubles.entries()) {
      if (server !== spared) incidents.push(...troubleOne(startMs, server, possible, random));
    }
    if (era % 3 === 1) incidents.push(...blackOut(startMs + TROUBLED_MS, troubles.length, random));
  }
  return incidents.sort((a, b) => a.atMs - b.atMs);
}

function troubleOne(startMs: number, server: number, possible: readonly Trouble[], random: Random): readonly Incident[] {
  const incidents: Incident[] = [];
  const endMs = startMs + TROUBLED_MS;
  for (let atMs = startMs + random(1500); atMs + SHORTEST_MS < endMs;) {
    const trouble = possible[random(possible.length)]!;
    const forMs = Math.min(SHORTEST_MS + random(LONGEST_MS - SHORTEST_MS), endMs - atMs);
    incidents.push({ atMs, server, trouble, forMs });
    atMs += forMs + 200 + random(1500);
  }
  return incidents;
}

function blackOut(atMs: number, servers: number, random: Random): readonly Incident[] {
  const forMs = SHORTEST_MS + random(LONGEST_BLACKOUT_MS - SHORTEST_MS);
  return Array.from({ length: servers }, (_, server) => ({ atMs, server, trouble: "freeze", forMs }));
}
