import { assertEquals, assertThrows } from "@std/assert";
import { createRequest, type RemotingCommand } from "../../src/protocol/command.ts";
import { decodeCommand } from "../../src/protocol/decode_command.ts";
import { encodeCommand } from "../../src/protocol/encode_command.ts";
import { type Credentials, signCommand } from "../../src/protocol/signature.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { test } from "../harness.ts";
import { goldenRows } from "../golden/golden_rows.ts";
import { onlyCommand } from "../request/only_command.ts";

/** Those the recorded Java client signed with. */
const CREDENTIALS: Credentials = { accessKey: "RocketMQ", secretKey: "12345678" };

function signedRequests(serializeType: number): readonly RemotingCommand[] {
  return goldenRows.flatMap((row) => onlyCommand(row.requestHex?.slice(8, 10) === `0${serializeType}` ? row.requestHex : null) ?? [])
    .filter((request) => request.extFields["Signature"] !== undefined);
}

for (const [serializeType, name, count] of [[0, "JSON", 23], [1, "binary", 22]] as const) {
  test(`signCommand() signs as the Java client did in ${count} recorded requests with ${name} headers`, () => {
    const recorded = signedRequests(serializeType);
    assertEquals(recorded.length, count);
    for (const request of recorded) {
      const { AccessKey: _, Signature: __, ...extFields } = request.extFields;
      assertEquals(signCommand({ ...request, extFields }, CREDENTIALS).extFields, request.extFields);
    }
  });
}

test("signCommand() replaces a signature, so that it may be done again", () => {
  const signed = signCommand(createRequest(105, { extFields: { topic: "orders" } }), CREDENTIALS);
  assertEquals(signCommand(signed, CREDENTIALS), signed);
});

test("signCommand() leaves the request as it was", () => {
  const request = createRequest(105, { extFields: { topic: "orders" } });
  signCommand(request, CREDENTIALS);
  assertEquals(request.extFields, { topic: "orders" });
});

// Computed by Java: TreeMap for the order (AccessKey, B, SecurityToken, 😀, U+FFFF), Mac HmacSHA1
test("signCommand() sorts keys as Java does and signs the token and the body", () => {
  const request = createRequest(100, { extFields: { "\uffff": "�", "😀": "😀", B: "é" }, body: encodeUtf8("body") });
  const signed = signCommand(request, { accessKey: "ak", secretKey: "secret", securityToken: "token" });
  assertEquals(signed.extFields, {
    "\uffff": "�",
    "😀": "😀",
    B: "é",
    AccessKey: "ak",
    SecurityToken: "token",
    Signature: "v2sDVy5ZWZ8eBYRERY0WPEsGMm0=",
  });
});

test("signCommand() signs what arrives, over either header", () => {
  const signed = signCommand(createRequest(100, { extFields: { value: "" } }), CREDENTIALS);
  for (const serialization of ["json", "rocketmq"] as const) {
    const arrived = decodeCommand(encodeCommand(signed, serialization).subarray(4));
    assertEquals(signCommand(arrived, CREDENTIALS).extFields["Signature"], signed.extFields["Signature"]);
  }
});

test("signCommand() names a key that is missing, and never shows one", () => {
  for (const name of ["accessKey", "secretKey", "securityToken"]) {
    for (const bad of ["", 5]) {
      const credentials = { accessKey: "visible-1", secretKey: "visible-2", securityToken: "visible-3", [name]: bad } as Credentials;
      const error = assertThrows(() => signCommand(createRequest(105), credentials), TypeError, `credentials.${name}`);
      assertEquals(/visible|5/.test(String(error)), false, String(error));
    }
  }
});

test("signCommand() leaves no trace of the secret in the command", () => {
  const signed = signCommand(createRequest(105), { accessKey: "ak", secretKey: "top-secret" });
  assertEquals(JSON.stringify(signed).includes("top-secret"), false);
});
