import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import type { RemotingCommand } from "./command.ts";
import { encodeUtf8 } from "./utf8.ts";

/** Access key and secret of RocketMQ's access control. */
export interface Credentials {
  /** Names the account; sent as it is. */
  readonly accessKey: string;
  /** Signs requests; never sent, and in no message. */
  readonly secretKey: string;
  /** Token of a temporary account; sent as it is. */
  readonly securityToken?: string;
}

/**
 * The request with the arguments `AccessKey`, `Signature` and, where there is one, `SecurityToken`. The signature is HMAC-SHA1 over the
 * values of all other arguments, in the order of their keys, and the body: so it comes last, after anything else that adds arguments.
 *
 * acl/common/AclClientRPCHook.java, AclUtils.java
 *
 * @throws {TypeError} If a key is empty or no string.
 * @example Sign by hand
 * ```ts
 * import { createRequest, signCommand } from "@rmq/nameserver/protocol";
 * import { assertEquals } from "@std/assert";
 *
 * const signed = signCommand(createRequest(206), { accessKey: "RocketMQ", secretKey: "12345678" });
 * assertEquals(signed.extFields, { AccessKey: "RocketMQ", Signature: "IUc8rrO/0gDch8CjObLQsW2rsiA=" });
 * ```
 */
export function signCommand(command: RemotingCommand, credentials: Credentials): RemotingCommand {
  const { Signature: _, ...unsigned } = command.extFields;
  const extFields: Record<string, string> = { ...unsigned, AccessKey: requireKey("accessKey", credentials.accessKey) };
  if (credentials.securityToken !== undefined) extFields["SecurityToken"] = requireKey("securityToken", credentials.securityToken);
  const mac = hmac.create(sha1, encodeUtf8(requireKey("secretKey", credentials.secretKey)))
    .update(encodeUtf8(signedText(extFields)))
    .update(command.body)
    .digest();
  return { ...command, extFields: { ...extFields, Signature: btoa(String.fromCharCode(...mac)) } };
}

/** Values only, with nothing between them. Java sorts keys by UTF-16 code unit, and so does `sort`. */
function signedText(extFields: Readonly<Record<string, string>>): string {
  return Object.keys(extFields).sort().map((key) => extFields[key]).join("");
}

/** @throws {TypeError} If a key is empty or no string. */
export function checkCredentials({ accessKey, secretKey, securityToken }: Credentials): void {
  requireKey("accessKey", accessKey);
  requireKey("secretKey", secretKey);
  if (securityToken !== undefined) requireKey("securityToken", securityToken);
}

function requireKey(name: keyof Credentials, key: string): string {
  if (typeof key === "string" && key !== "") return key;
  throw new TypeError(`Cannot sign request: credentials.${name} must be a string that is not empty`);
}
