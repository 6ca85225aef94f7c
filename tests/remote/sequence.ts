/** Things that come one after the other, and can be waited for. */
export class Sequence<T> {
  /** Those that came so far. */
  readonly all: T[] = [];
  readonly #waiting = new Map<number, (() => void)[]>();

  /** One more. */
  push(item: T): void {
    const index = this.all.push(item) - 1;
    for (const resolve of this.#waiting.get(index) ?? []) resolve();
    this.#waiting.delete(index);
  }

  /** The one at `index`, from 0, as soon as it is there. */
  async at(index: number): Promise<T> {
    if (index >= this.all.length) {
      await new Promise<void>((resolve) => this.#waiting.set(index, [...this.#waiting.get(index) ?? [], resolve]));
    }
    return this.all[index]!;
  }
}
