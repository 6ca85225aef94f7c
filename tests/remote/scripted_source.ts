import type { AddressSource } from "../../src/remote/address_source.ts";

/** A source that gives one list after the other, the last one for ever; an error is thrown. */
export class ListSource implements AddressSource {
  readonly name: string = "registry";
  asked: number = 0;
  readonly #lists: (readonly string[] | Error)[];

  constructor(...lists: (readonly string[] | Error)[]) {
    this.#lists = lists;
  }

  resolve(): Promise<readonly string[]> {
    const list = this.#lists[Math.min(this.asked++, this.#lists.length - 1)]!;
    return list instanceof Error ? Promise.reject(list) : Promise.resolve(list);
  }
}

/** A source that never answers. */
export class SilentSource implements AddressSource {
  readonly name: string = "abyss";
  signal: AbortSignal | undefined;

  resolve({ signal }: { readonly signal: AbortSignal }): Promise<readonly string[]> {
    this.signal = signal;
    return new Promise(() => {});
  }
}
