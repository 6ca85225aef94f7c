import { NameServerClosedError } from "../errors.ts";
import { describeOperation } from "../request/describe_operation.ts";

/** The error of a call at a client that is closed. */
export function closedClient(operation: string | undefined): NameServerClosedError {
  return new NameServerClosedError(`Cannot ${describeOperation(operation)}: the client is closed`, { operation });
}
