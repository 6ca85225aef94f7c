import { NameServerDataParseError } from "../errors.ts";
import type { RemotingCommand } from "../protocol/command.ts";
import { malformedAnswer } from "./malformed_answer.ts";
import type { RequestSpec } from "./request_spec.ts";

/**
 * What a server's answer says, read as its request promises.
 *
 * @throws {NameServerResponseError} If it is no success.
 * @throws {NameServerDataParseError} If its body is not as promised; names the server and the operation.
 */
export function readAnswer<P, R>(spec: RequestSpec<P, R>, response: RemotingCommand, params: P): R {
  try {
    return spec.decode(response, params);
  } catch (error) {
    throw error instanceof NameServerDataParseError ? malformedAnswer(error, response.address, spec.operation) : error;
  }
}
