import { openRawSocket } from "./raw_socket.ts";
import type { RawSocket } from "./raw_socket.ts";

/**
 * The floor of a runtime: its own socket moves the same frames, and nothing reads them but for their lengths. No client in this runtime can be
 * faster, so ours is measured against it.
 */
export class RawLoop {
  readonly #request: Uint8Array;
  readonly #batches = new Map<number, Uint8Array>();
  #socket!: RawSocket;
  #onFrames: (count: number) => void = () => {};

  private constructor(request: Uint8Array) {
    this.#request = request;
  }

  /** Connects to a loopback port; `request` is the frame it sends, always the same. */
  static async open(port: number, request: Uint8Array): Promise<RawLoop> {
    const loop = new RawLoop(request);
    const count = frameCounter();
    loop.#socket = await openRawSocket(port, (chunk) => loop.#onFrames(count(chunk)));
    return loop;
  }

  /** Asks one at a time, and writes each round trip, in µs, into `roundTrips`, which tells how many. */
  oneAtATime(roundTrips: Float64Array): Promise<void> {
    return new Promise((resolve) => {
      let i = 0;
      let started = performance.now();
      this.#onFrames = (count) => {
        if (count === 0) return;
        const now = performance.now();
        roundTrips[i++] = (now - started) * 1000;
        if (i === roundTrips.length) return resolve();
        started = now;
        this.#socket.write(this.#request);
      };
      this.#socket.write(this.#request);
    });
  }

  /** Asks `count` times with `depth` in flight; each chunk of answers is followed by one write of as many requests. */
  inFlight(count: number, depth: number): Promise<void> {
    return new Promise((resolve) => {
      let unsent = count;
      let unanswered = count;
      const send = (frames: number): void => {
        if (frames > 0) this.#socket.write(this.#batch(frames));
        unsent -= frames;
      };
      this.#onFrames = (frames) => {
        unanswered -= frames;
        if (unanswered === 0) return resolve();
        send(Math.min(frames, unsent));
      };
      send(Math.min(depth, count));
    });
  }

  /** Closes the socket. */
  close(): void {
    this.#socket.close();
  }

  #batch(frames: number): Uint8Array {
    const known = this.#batches.get(frames);
    if (known !== undefined) return known;
    const batch = new Uint8Array(frames * this.#request.length);
    for (let i = 0; i < frames; i++) {
      batch.set(this.#request, i * this.#request.length);
    }
    this.#batches.set(frames, batch);
    return batch;
  }
}

/** Gives a function that tells how many frames a chunk completes. */
function frameCounter(): (chunk: Uint8Array) => number {
  let missing = 0; // bytes of the current frame still to come
  let word = 0;
  let wordBytes = 0;
  return (chunk) => {
    let frames = 0;
    for (let at = 0; at < chunk.length;) {
      if (missing > 0) {
        const taken = Math.min(missing, chunk.length - at);
        at += taken;
        missing -= taken;
        if (missing === 0) frames++;
        continue;
      }
      word = (word << 8) | chunk[at++]!; // the length, big-endian
      if (++wordBytes < 4) continue;
      missing = word;
      word = wordBytes = 0;
    }
    return frames;
  };
}
