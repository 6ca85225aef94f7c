/** Marks a promise that is awaited later, or not at all if something else fails first: its rejection is not reported as unhandled. */
export function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
