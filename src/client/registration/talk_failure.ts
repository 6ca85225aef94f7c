import { NameServerError } from "../../errors.ts";

/** The error of a talk with a broker. What is none of ours says that nobody can dial its address, as `mapAddress` or a broker gave it. */
export function talkFailure(error: unknown, address: string, operation: string): NameServerError {
  if (error instanceof NameServerError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new NameServerError(message, { code: "NAMESRV_CONNECT", retryable: false, address, operation, cause: error });
}
