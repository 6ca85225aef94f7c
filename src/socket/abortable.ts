/**
 * Settles as `opening` does, or rejects with the signal's reason as soon as it fires; what opens later is given to `discard`.
 *
 * @param opening A dial that has begun.
 * @param signal Ends the wait.
 * @param discard Closes a late arrival.
 */
export function abortable<T>(opening: Promise<T>, signal: AbortSignal, discard: (late: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason);
      opening.then(discard, () => {});
    };
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    const settled = (settle: () => void): void => {
      signal.removeEventListener("abort", onAbort);
      if (!signal.aborted) settle();
    };
    opening.then((value) => settled(() => resolve(value)), (error) => settled(() => reject(error)));
  });
}
