/** Sizes of the byte arrays that `run` makes by `new Uint8Array(size)`, in order. Views of a buffer do not count. */
export function allocations(run: () => void): readonly number[] {
  const original = globalThis.Uint8Array;
  const sizes: number[] = [];
  globalThis.Uint8Array = new Proxy(original, {
    construct(target, args, newTarget) {
      if (typeof args[0] === "number") sizes.push(args[0]);
      return Reflect.construct(target, args, newTarget);
    },
  });
  try {
    run();
  } finally {
    globalThis.Uint8Array = original;
  }
  return sizes;
}
