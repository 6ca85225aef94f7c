import { spread } from "./spread.ts";
import type { Spread } from "./spread.ts";

/** What one round measured: quantities by name and unit (`"p50 µs"`), where less is better. */
export type Sample = Readonly<Record<string, number>>;

/** Two ways of doing the same work. */
export interface Contest {
  /** What the library does. */
  ours(): Sample | Promise<Sample>;
  /** The floor: what the runtime can do at best. */
  floor(): Sample | Promise<Sample>;
  /** Rounds of each that count. */
  readonly rounds: number;
  /** Rounds of each before them, for the compilers of the runtime. */
  readonly warmUp: number;
}

/** How one quantity came out. */
export interface Comparison {
  /** The quantity and its unit. */
  readonly quantity: string;
  /** Ours over the floor, round by round: the only figure that another machine can be held against. */
  readonly ratio: Spread;
  /** Ours, here and now. */
  readonly ours: Spread;
  /** The floor, here and now. */
  readonly floor: Spread;
}

/**
 * Lets two ways take turns in short rounds, so that a machine that changes speed changes it for both. Each round's ratio is of two neighbours;
 * who goes first alternates, so that a slope favours neither.
 */
export async function compare(contest: Contest): Promise<readonly Comparison[]> {
  const ours: Sample[] = [];
  const floor: Sample[] = [];
  for (let round = -contest.warmUp; round < contest.rounds; round++) {
    const first = round % 2 === 0 ? await contest.ours() : await contest.floor();
    const second = round % 2 === 0 ? await contest.floor() : await contest.ours();
    if (round < 0) continue;
    ours.push(round % 2 === 0 ? first : second);
    floor.push(round % 2 === 0 ? second : first);
  }
  return Object.keys(ours[0]!).map((quantity) => comparison(quantity, column(ours, quantity), column(floor, quantity)));
}

function column(samples: readonly Sample[], quantity: string): readonly number[] {
  return samples.map((sample) => sample[quantity]!);
}

function comparison(quantity: string, ours: readonly number[], floor: readonly number[]): Comparison {
  return { quantity, ratio: spread(ours.map((value, i) => value / floor[i]!)), ours: spread(ours), floor: spread(floor) };
}
