/** Arguments that make no sense: not a failure, and not a mistake of this program's, which may be a TypeError as well. */
export class Misuse extends Error {}

/** What `read` makes of arguments. @throws {Misuse} Where it throws a TypeError or RangeError: by these it says that they make no sense. */
export function asArguments<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw toMisuse(error);
  }
}

/** An error of what has been given arguments only: a {@link Misuse} where they make no sense. */
export function toMisuse(error: unknown): unknown {
  return error instanceof TypeError || error instanceof RangeError ? new Misuse(error.message, { cause: error }) : error;
}
