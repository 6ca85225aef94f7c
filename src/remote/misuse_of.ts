import { NameServerError, withContext } from "../errors.ts";

/** What is wrong with a command that cannot be sent, as its caller is told: no other server would mend it. */
export function misuseOf(error: unknown, operation: string | undefined): unknown {
  return error instanceof NameServerError ? withContext(error, { operation }) : error;
}
