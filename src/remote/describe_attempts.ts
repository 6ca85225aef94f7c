import type { NameServerError } from "../errors.ts";
import { describeOperation } from "../request/describe_operation.ts";

/**
 * What became of several attempts, for messages that begin with what could not be done: `in 3 attempts: "10.0.0.1:9876": no answer within
 * 200 ms; Lost connection to "10.0.0.2:9876": the server closed it (2 times)`.
 */
export function describeAttempts(errors: readonly NameServerError[], operation: string | undefined): string {
  const times = new Map<string, number>();
  for (const error of errors) {
    const reason = withoutOperation(error.message, describeOperation(operation));
    times.set(reason, (times.get(reason) ?? 0) + 1);
  }
  const reasons = [...times].map(([reason, count]) => count === 1 ? reason : `${reason} (${count} times)`);
  return `in ${errors.length} attempts: ${reasons.join("; ")}`;
}

function withoutOperation(message: string, operation: string): string {
  const prefix = [`Cannot ${operation} at `, `Cannot ${operation} to `].find((start) => message.startsWith(start)) ?? "";
  return message.slice(prefix.length);
}
