import { assertEquals, assertThrows } from "@std/assert";
import { NameServerDataParseError } from "../../src/errors.ts";
import { parseProperties } from "../../src/model/properties.ts";
import { getNameServerConfig, updateNameServerConfig } from "../../src/request/config.ts";
import { test } from "../harness.ts";
import { answer, bodyText } from "./answer.ts";

test("getNameServerConfig.decode() reads the text of java.util.Properties", () => {
  const body = "listenPort=9876\nbindAddress = 0.0.0.0\nproductEnvName=caf\\u00e9 é\n";
  assertEquals(getNameServerConfig.decode(answer({ body })), {
    listenPort: "9876",
    bindAddress: "0.0.0.0",
    productEnvName: "café é",
  });
});

test("getNameServerConfig.decode() gives nothing for a body of nothing, and refuses a broken escape", () => {
  assertEquals(getNameServerConfig.decode(answer()), {});
  assertThrows(() => getNameServerConfig.decode(answer({ body: "a=\\u00zz" })), NameServerDataParseError);
});

test("updateNameServerConfig.encode() writes text that servers read back exactly", () => {
  const values = { productEnvName: "é=1 \\ 😀", orderMessageEnable: "true", " odd key": "" };
  const request = updateNameServerConfig.encode(values);
  assertEquals(parseProperties(bodyText(request)), values);
  assertEquals(/^[\n -~]*$/.test(bodyText(request)), true);
});

test("updateNameServerConfig.encode() refuses paths and the black list, and says why", () => {
  for (const key of ["configStorePath", "kvConfigPath", "configBlackList", "rocketmqHome", "rebalanceHome"]) {
    assertThrows(
      () => updateNameServerConfig.encode({ orderMessageEnable: "true", [key]: "x" }),
      TypeError,
      `Cannot update name server config: "${key}" may not be set from outside (CVE-2023-33246, CVE-2023-37582)`,
    );
  }
});

test("updateNameServerConfig.encode() refuses line breaks in values and names", () => {
  const smuggled: readonly Record<string, string>[] = [
    { a: "b\nkvConfigPath=/etc/x" },
    { a: "b\rkvConfigPath=/etc/x" },
    { "a\nkvConfigPath": "/etc/x" },
    { "a\r": "" },
  ];
  for (const values of smuggled) assertThrows(() => updateNameServerConfig.encode(values), TypeError, "line break");
});

test("updateNameServerConfig.encode() refuses escapes that servers read as line breaks when they restart", () => {
  for (const value of ["b\\nkvConfigPath=x", "b\\\\r", "b\\u000ax", "b\\u000Dx", "b\\u005cnx", "b\\u005cu005cu000ax"]) {
    assertThrows(() => updateNameServerConfig.encode({ a: value }), TypeError, "line break");
  }
});

test("updateNameServerConfig.encode() refuses what servers could not read when they restart", () => {
  for (const value of ["\\", "b\\\\", "b\\u005c"]) {
    assertThrows(() => updateNameServerConfig.encode({ a: value }), TypeError, "ends with a backslash");
  }
  assertThrows(() => updateNameServerConfig.encode({ a: "C:\\users" }), TypeError, "would not start again");
});

test("updateNameServerConfig.encode() refuses what is no text", () => {
  assertThrows(
    () => updateNameServerConfig.encode({ listenPort: 9876 as never }),
    TypeError,
    'value of "listenPort" must be a string, not number',
  );
  assertThrows(() => updateNameServerConfig.encode({ "": "x" }), TypeError, "key must not be empty");
  assertThrows(() => updateNameServerConfig.encode(undefined as never), TypeError, "values must be an object");
});
