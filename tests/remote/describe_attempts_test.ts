import { assertEquals } from "@std/assert";
import { NameServerConnectionError } from "../../src/errors.ts";
import { describeAttempts } from "../../src/remote/describe_attempts.ts";
import { test } from "../harness.ts";

function errors(...messages: readonly string[]): readonly NameServerConnectionError[] {
  return messages.map((message) => new NameServerConnectionError(message, { code: "NAMESRV_CONNECT" }));
}

test("describeAttempts() counts attempts, gives their reasons in order, and those that repeat once", () => {
  const failed = errors('Lost connection to "a:1": gone', 'Cannot connect to "b:1": refused', 'Lost connection to "a:1": gone');
  assertEquals(
    describeAttempts(failed, "listTopics"),
    'in 3 attempts: Lost connection to "a:1": gone (2 times); Cannot connect to "b:1": refused',
  );
});

test("describeAttempts() does not say again what could not be done", () => {
  const listing = errors('Cannot list topics at "a:1": no answer within 5 ms', 'Cannot connect to "b:1": refused');
  assertEquals(describeAttempts(listing, "listTopics"), 'in 2 attempts: "a:1": no answer within 5 ms; Cannot connect to "b:1": refused');
  const dialling = errors('Cannot connect to "a:1": refused', 'Cannot set up TLS with "b:1": expired');
  assertEquals(describeAttempts(dialling, "connect"), 'in 2 attempts: "a:1": refused; Cannot set up TLS with "b:1": expired');
});
