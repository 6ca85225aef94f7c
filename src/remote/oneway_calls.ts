import { createResponse } from "../protocol/command.ts";
import type { Call } from "./call.ts";

/** One-way calls on their way out. Nobody answers them: they end when the system has taken their bytes. */
export class OnewayCalls {
  readonly #calls = new Set<Call>();

  /** How many there are. */
  get size(): number {
    return this.#calls.size;
  }

  add(call: Call): void {
    this.#calls.add(call);
  }

  delete(call: Call): void {
    this.#calls.delete(call);
  }

  /** All of them, which are forgotten. */
  takeAll(): readonly Call[] {
    const calls = [...this.#calls];
    this.#calls.clear();
    return calls;
  }

  /** Ends those whose bytes were taken: all up to this place among what the connection sent. @param onEnd Lets go of a call. */
  written(sequence: number, onEnd: (call: Call) => void): void {
    for (const call of this.#calls) {
      if (call.sequence > sequence) continue;
      this.#calls.delete(call);
      onEnd(call);
      call.settle({ type: "answer", response: createResponse(call.init.command!) }); // the only one there will be
    }
  }
}
