import { assert, assertEquals } from "@std/assert";
import { Spin } from "../../src/sync/pump/spin.ts";
import { test } from "../harness.ts";

/** Waits for something that comes to be so after `lookMs` for a thread that looks, after `blockMs` for one that blocks. */
class Waits {
  lookMs = 0;
  blockMs = 0;
  readonly #spin = new Spin(0.1, () => this.#now);
  #now = 0;

  /** So many in a row, and how many of them spun. */
  spun(count: number): number {
    let spun = 0;
    for (let i = 0; i < count; i++) spun += this.#wait() ? 1 : 0;
    return spun;
  }

  #wait(): boolean {
    const until = this.#now + this.lookMs;
    let looked = false;
    const isSo = (): boolean => {
      looked = true;
      this.#now += 0.001;
      return this.#now >= until;
    };
    const block = (): boolean => {
      this.#now += this.blockMs;
      return true;
    };
    assert(this.#spin.wait(isSo, block));
    return looked;
  }
}

test("Spin.wait() goes on looking where that is shorter than to be woken", () => {
  const waits = Object.assign(new Waits(), { lookMs: 0.03, blockMs: 0.05 });
  assertEquals(waits.spun(16), 8); // a trial
  assertEquals(waits.spun(64), 64);
});

test("Spin.wait() blocks at once where looking brings nothing", () => {
  const waits = Object.assign(new Waits(), { lookMs: 1, blockMs: 0.05 });
  assertEquals(waits.spun(16), 8);
  assertEquals(waits.spun(128), 0);
});

test("Spin.wait() blocks at once where waits are long, whoever looks", () => {
  const waits = Object.assign(new Waits(), { lookMs: 1, blockMs: 1 });
  waits.spun(16);
  assertEquals(waits.spun(128), 0);
});

test("Spin.wait() tries ever more rarely what brings nothing", () => {
  const waits = Object.assign(new Waits(), { lookMs: 1, blockMs: 0.05 });
  for (let between = 128; between <= 4096; between *= 2) {
    assertEquals(waits.spun(16), 8); // a trial
    assertEquals(waits.spun(between), 0);
  }
});

test("Spin.wait() notices that looking has begun to pay, and that it does no more", () => {
  const waits = Object.assign(new Waits(), { lookMs: 1, blockMs: 0.05 });
  waits.spun(20_000);
  waits.lookMs = 0.03;
  waits.spun(4096 + 16);
  assertEquals(waits.spun(64), 64);
  waits.lookMs = 1;
  waits.spun(4096 + 16);
  assertEquals(waits.spun(64), 0);
});

test("Spin.wait() gives what blocking gives where it saw nothing", () => {
  let now = 0;
  const spin = new Spin(0.1, () => now++);
  assertEquals(spin.wait(() => false, () => false), false);
  assertEquals(spin.wait(() => false, () => true), true);
});
