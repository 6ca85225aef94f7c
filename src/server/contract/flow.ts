import { expect } from "./expect.ts";
import type { Pattern } from "./pattern.ts";

/** Either end of a connection, as far as bytes go. */
interface End {
  read(): Promise<Uint8Array | null>;
  write(bytes: Uint8Array): Promise<void>;
}

/** Writes the next `length` bytes of the pattern, each piece when the one before has gone. */
export async function send(end: End, pattern: Pattern, length: number): Promise<void> {
  const until = pattern.offset + length;
  while (pattern.offset < until) await end.write(pattern.next(Math.min(65_536, until - pattern.offset)));
}

/** Reads until `length` bytes of the pattern have arrived, each in its place; `pause` is awaited between two reads. */
export async function receive(end: End, pattern: Pattern, length: number, pause?: () => Promise<void>): Promise<void> {
  const until = pattern.offset + length;
  while (pattern.offset < until) {
    const chunk = await end.read();
    expect(chunk !== null, `${until} bytes arrive: the stream ended after ${pattern.offset}`);
    expect(chunk.length > 0, "read() gives at least one byte");
    pattern.check(chunk);
    await pause?.();
  }
}
