import { NameServerDataParseError } from "../errors.ts";
import { describeOperation } from "./describe_operation.ts";
import { at } from "./response_error.ts";

/** The error of a body that can't be read, which knows nothing but the body, with the server and the operation. */
export function malformedAnswer(error: NameServerDataParseError, address: string | undefined, operation: string): NameServerDataParseError {
  const reason = error.message.charAt(0).toLowerCase() + error.message.slice(1);
  const message = `Cannot ${describeOperation(operation)}${at(address)}: ${reason}`;
  return new NameServerDataParseError(message, { path: error.path, address, operation, cause: error });
}
