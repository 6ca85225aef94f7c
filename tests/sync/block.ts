/** Blocks the thread, which uses no CPU meanwhile and gets no turn of its event loop. */
export function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
