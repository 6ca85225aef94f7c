import { NameServerClosedError, NameServerError, NameServerPartialWriteError, NameServerUnavailableError } from "../errors.ts";
import { describeOperation } from "./describe_operation.ts";
import type { PerServer } from "./name_server_api.ts";
import type { RequestSpec } from "./request_spec.ts";

/** What became of a request at one of several servers. */
export interface ServerResult<T> {
  /** The server, `host:port`. */
  readonly address: string;
  /** Its answer, or why there is none. */
  readonly result: PromiseSettledResult<T>;
}

/**
 * The answers of all servers, where all have answered.
 *
 * @throws {NameServerPartialWriteError} If a write failed at any of them: says who accepted.
 * @throws {NameServerClosedError} If the client was closed before anybody answered, or a read was not answered by all for that reason.
 * @throws {NameServerUnavailableError} If a read failed at any of them. An error that is no server's (an abort, misuse) as it is.
 */
export function collectAnswers<T>(spec: RequestSpec<never, T>, results: readonly ServerResult<T>[]): PerServer<T> {
  const answers = new Map<string, T>();
  const errors: NameServerError[] = [];
  for (const { address, result } of results) {
    if (result.status === "fulfilled") answers.set(address, result.value);
    else if (result.reason instanceof NameServerError) errors.push(result.reason);
    else throw result.reason;
  }
  if (errors.length === 0) return answers;
  const closed = errors.find((error) => error instanceof NameServerClosedError);
  if (closed !== undefined && (spec.idempotent || answers.size === 0)) throw closed;
  const { operation } = spec;
  const failed = results.length === 1 ? "" : ` at ${errors.length} of ${results.length} servers`;
  const message = `Cannot ${describeOperation(operation)}${failed}: ${errors.map((error) => error.message).join("; ")}`;
  if (spec.idempotent) throw new NameServerUnavailableError(message, { errors, operation });
  throw new NameServerPartialWriteError(message, { accepted: [...answers.keys()], errors, operation });
}
