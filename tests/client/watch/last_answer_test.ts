import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { LastAnswer } from "../../../src/client/watch/last_answer.ts";
import { NameServerDataParseError, NameServerResponseError } from "../../../src/errors.ts";
import { createRequest, createResponse, type RemotingCommand } from "../../../src/protocol/command.ts";
import { parseLenientJson } from "../../../src/protocol/lenient_json.ts";
import { decodeUtf8, encodeUtf8 } from "../../../src/protocol/utf8.ts";
import { test } from "../../harness.ts";

/** Answers whose bodies are JSON; the text of what was parsed. */
function setUp(): { readonly last: LastAnswer<unknown>; readonly parsed: string[] } {
  const parsed: string[] = [];
  const parse = (body: Uint8Array): unknown => {
    parsed.push(decodeUtf8(body));
    return parseLenientJson(body);
  };
  const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  return { last: new LastAnswer({ operation: "listTopics", parse, isSame }), parsed };
}

function answer(text: string, code?: number): RemotingCommand {
  return { ...createResponse(createRequest(206), { body: encodeUtf8(text), ...code !== undefined && { code } }), address: "h:1" };
}

test("LastAnswer.read() does not parse the same bytes twice, and gives the same object", () => {
  const { last, parsed } = setUp();
  const first = last.read(answer("[1]"));
  assertStrictEquals(last.read(answer("[1]")), first);
  assertEquals(parsed, ["[1]"]);
});

test("LastAnswer.read() gives the same object for other bytes that say the same, and parses those once, too", () => {
  const { last, parsed } = setUp();
  const first = last.read(answer("[1]"));
  for (let i = 0; i < 3; i++) assertStrictEquals(last.read(answer("[ 1 ]")), first);
  assertEquals(parsed, ["[1]", "[ 1 ]"]);
});

test("LastAnswer.read() names server and operation where a body can't be read, and keeps the last that could", () => {
  const { last } = setUp();
  const first = last.read(answer("[1]"));
  const error = assertThrows(() => last.read(answer("[")), NameServerDataParseError, 'Cannot list topics at "h:1"');
  assertEquals([error.address, error.operation], ["h:1", "listTopics"]);
  assertThrows(() => last.read(answer("", 1)), NameServerResponseError);
  assertStrictEquals(last.read(answer("[1]")), first);
});
