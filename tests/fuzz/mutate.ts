import { concat } from "@std/bytes/concat";

/** Whole numbers from 0 to `below` − 1, the same ones for the same seed. */
export type Random = (below: number) => number;

/** Tommy Ettinger's mulberry32: small, fast, and good enough to choose where to break things. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Bytes that mean something to one of the readers. */
const TELLING = [...'{}[]",:\\-+.0123456789eEtfn u\u0000\u0001\u007f'].map((char) => char.charCodeAt(0)).concat(
  0x80,
  0xc0,
  0xe2,
  0xed,
  0xf0,
  0xff,
);
const LENGTHS = [0, 1, 3, 4, 8, 21, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0xfffffc, 0xffffff, 0x7fffffff, 0x80000000, 0xffffffff];

type Mutation = (bytes: Uint8Array, random: Random, others: readonly Uint8Array[]) => Uint8Array;

const mutations: readonly Mutation[] = [
  (bytes, random) => edit(bytes, (copy, at) => copy[at]! ^= 1 << random(8), random),
  (bytes, random) => edit(bytes, (copy, at) => copy[at] = random(256), random),
  (bytes, random) => edit(bytes, (copy, at) => copy[at] = TELLING[random(TELLING.length)]!, random),
  (bytes, random) => edit(bytes, (copy, at) => writeLength(copy, at, LENGTHS[random(LENGTHS.length)]!), random),
  (bytes, random) => bytes.slice(0, random(bytes.length + 1)),
  (bytes, random) => splice(bytes, random(bytes.length + 1), 1 + random(8), new Uint8Array(0)),
  (bytes, random) => splice(bytes, random(bytes.length + 1), 0, Uint8Array.of(TELLING[random(TELLING.length)]!)),
  (bytes, random) => {
    const start = random(bytes.length + 1);
    return splice(bytes, random(bytes.length + 1), 0, bytes.slice(start, start + random(32)));
  },
  (bytes, random, others) => {
    const other = others[random(others.length)]!;
    return splice(bytes, random(bytes.length + 1), Infinity, other.slice(random(other.length + 1)));
  },
];

/** The bytes after one to six changes, as a rule few. */
export function mutate(bytes: Uint8Array, random: Random, others: readonly Uint8Array[]): Uint8Array {
  let mutant = bytes;
  for (let changes = 1 + random(1 + random(6)); changes > 0; changes--) {
    mutant = mutations[random(mutations.length)]!(mutant, random, others);
  }
  return mutant;
}

function edit(bytes: Uint8Array, change: (copy: Uint8Array, at: number) => void, random: Random): Uint8Array {
  const copy = bytes.slice();
  if (copy.length > 0) change(copy, random(copy.length));
  return copy;
}

function writeLength(bytes: Uint8Array, at: number, value: number): void {
  for (let i = 0; i < 4 && at + i < bytes.length; i++) bytes[at + i] = value >>> (24 - 8 * i);
}

function splice(bytes: Uint8Array, at: number, remove: number, insert: Uint8Array): Uint8Array {
  const rest = bytes.subarray(Math.min(bytes.length, at + remove));
  return concat([bytes.subarray(0, at), insert, rest]);
}
