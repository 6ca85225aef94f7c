import { goldenRows } from "../golden/golden_rows.ts";
import { fromHex } from "../golden/hex.ts";
import { mutate, seededRandom } from "./mutate.ts";
import { survives, type Target, targets } from "./targets.ts";

/** An input that a target did not survive. */
export interface Crash {
  readonly kind: keyof typeof targets;
  readonly input: Uint8Array;
  readonly error: unknown;
}

/** What a run did. */
export interface FuzzRun {
  readonly inputs: number;
  readonly slowestMs: number;
  readonly crash?: Crash;
}

/** An input of a few kilobytes that takes this long is as bad as one that crashes. */
const TOO_SLOW_MS = 5000;

/** Feeds mutants of recorded frames and bodies to the readers, until a number of inputs or the first crash. */
export function fuzz(count: number, seed: number): FuzzRun {
  const random = seededRandom(seed);
  const seeds = { stream: recorded(0), frame: recorded(4), body: bodies() };
  const kinds = Object.keys(targets) as (keyof typeof targets)[];
  let slowestMs = 0;
  for (let inputs = 0; inputs < count; inputs++) {
    const kind = kinds[inputs % kinds.length]!;
    const input = mutate(seeds[kind][random(seeds[kind].length)]!, random, seeds[kind]);
    const startedAt = performance.now();
    const crash = firstCrash(kind, input, targets[kind]);
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    if (crash !== undefined) return { inputs, slowestMs, crash };
    if (slowestMs > TOO_SLOW_MS) return { inputs, slowestMs, crash: { kind, input, error: new Error(`took ${Math.round(slowestMs)} ms`) } };
  }
  return { inputs: count, slowestMs };
}

function firstCrash(kind: keyof typeof targets, input: Uint8Array, readers: readonly Target[]): Crash | undefined {
  for (const target of readers) {
    try {
      survives(target, input);
    } catch (error) {
      return { kind, input, error };
    }
  }
  return undefined;
}

/** Requests and answers as they were recorded, without their first bytes. */
function recorded(from: number): readonly Uint8Array[] {
  return goldenRows.flatMap((row) => [row.requestHex, row.responseHex])
    .filter((hex) => hex !== null && hex !== undefined && hex.length > 16)
    .map((hex) => fromHex(hex!).subarray(from));
}

function bodies(): readonly Uint8Array[] {
  const encoder = new TextEncoder();
  return goldenRows.filter((row) => row.bodyText !== undefined).map((row) => encoder.encode(row.bodyText));
}
