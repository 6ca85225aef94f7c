import { type NameServerErrorCode, NameServerResponseError } from "../errors.ts";
import { ResponseCode } from "../protocol/codes.ts";
import type { RemotingCommand } from "../protocol/command.ts";
import { describeOperation } from "./describe_operation.ts";

/** The answer itself where it is a success. @throws {NameServerResponseError} If it is not. */
export function expectSuccess(response: RemotingCommand, operation: string): RemotingCommand {
  if (response.code !== ResponseCode.SUCCESS) throw responseError(response, operation);
  return response;
}

/** The error that an answer other than success stands for. @param advice What the caller should know, put behind the server's own words. */
export function responseError(response: RemotingCommand, operation: string | undefined, advice?: string): NameServerResponseError {
  const { code, remark = "", address, attempts } = response;
  const words = [`answer ${codeName(code)}`, firstLine(remark)].filter((part) => part !== "").join(", ");
  const message = `Cannot ${describeOperation(operation)}${at(address)}${
    attempts === undefined ? "" : ` in ${attempts} attempts`
  }: ${words}${advice === undefined ? "" : `: ${advice}`}`;
  return new NameServerResponseError(message, {
    code: errorCode(code),
    responseCode: code,
    remark,
    retryable: isTransient(response),
    address,
    operation,
  });
}

/** Whether another server, or this one later, may well answer: busy, shutting down, or just started and not ready. */
export function isTransient(response: RemotingCommand): boolean {
  switch (response.code) {
    case ResponseCode.SYSTEM_BUSY:
    case ResponseCode.GO_AWAY:
      return true;
    case ResponseCode.SYSTEM_ERROR:
      // 5.x with needWaitForService, for its first 45 s — namesrv/processor/ClientRequestProcessor.java
      return response.remark === "name server not ready";
    default:
      return false;
  }
}

/** ` at "host:port"`, or nothing where the server is not known. */
export function at(address: string | undefined): string {
  return address === undefined ? "" : ` at "${address}"`;
}

/** The first line of a server's words: what follows are links and stack frames. */
export function firstLine(remark: string): string {
  return remark.trim().split(/\r?\n/, 1)[0]!;
}

function errorCode(responseCode: number): NameServerErrorCode {
  if (responseCode === ResponseCode.SYSTEM_BUSY) return "NAMESRV_SYSTEM_BUSY";
  return responseCode === ResponseCode.REQUEST_CODE_NOT_SUPPORTED ? "NAMESRV_UNSUPPORTED_REQUEST" : "NAMESRV_RESPONSE";
}

function codeName(code: number): string {
  const name = Object.entries(ResponseCode).find(([, value]) => value === code)?.[0];
  return name === undefined ? `${code}` : `${code} (${name})`;
}
