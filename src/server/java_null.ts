/** A Java `String` that may be null: an argument that a request left out. */
export type JavaString = string | null;

/** What Java throws where null stands in a place that takes none. */
export class JavaNullError extends Error {
  /** Makes an error; `message` is what Java would say. */
  constructor(message = "null") {
    super(message);
    this.name = "JavaNullError";
  }
}

/** The value itself. @throws {JavaNullError} If it is null, as a `ConcurrentHashMap` does with a key. */
export function nonNull<T>(value: T | null): T {
  if (value === null) throw new JavaNullError();
  return value;
}

/** Calls `action` as Java code does that logs what it throws and goes on with `otherwise`. */
export function logged<T>(action: () => T, otherwise: T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof JavaNullError) return otherwise;
    throw error;
  }
}
