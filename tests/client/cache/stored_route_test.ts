import { assertEquals, assertThrows } from "@std/assert";
import { answerOf, formatStoredRoute, parseStoredRoute, storeKey } from "../../../src/client/cache/stored_route.ts";
import { decodeUtf8, encodeUtf8 } from "../../../src/protocol/utf8.ts";
import { test } from "../../harness.ts";

const FASTJSON = `{"brokerDatas":[{"brokerAddrs":{0:"10.0.0.1:10911"},"brokerName":"ä\u2028","cluster":"c"}],"queueDatas":[]}`;
const stored = { topic: "orders", body: encodeUtf8(FASTJSON), server: "10.0.0.9:9876", fetchedAt: 1_764_155_000_000 };

test("formatStoredRoute() writes one line, then the server's answer as received", () => {
  assertEquals(formatStoredRoute(stored), `rmq-route/1 fastjson 1764155000000 10.0.0.9:9876 orders\n${FASTJSON}`);
  const standard = { ...stored, body: encodeUtf8("{}"), server: "", topic: "%RETRY%g|a b" };
  assertEquals(formatStoredRoute(standard), "rmq-route/1 standard 1764155000000 - %25RETRY%25g%7Ca%20b\n{}");
});

test("parseStoredRoute() gives back what formatStoredRoute() wrote, byte by byte", () => {
  for (const topic of ["orders", "%RETRY%g|a b", "a/b:c?d\\e"]) {
    const back = parseStoredRoute(topic, formatStoredRoute({ ...stored, topic }));
    assertEquals([back.topic, decodeUtf8(back.body), back.server, back.fetchedAt], [topic, FASTJSON, stored.server, stored.fetchedAt]);
  }
});

const WRONG: Readonly<Record<string, readonly [value: unknown, message: string]>> = {
  "no text": [{ some: "object" }, "it is object, not text"],
  "text of another kind": ["hello", "it is damaged: no route begins like this"],
  "a line that is cut": ["rmq-route/1 standard 17641", "it is damaged, or of another topic"],
  "another format": ["rmq-route/2 whatever comes", "it is of format 2, not 1"],
  "another topic's": [formatStoredRoute({ ...stored, topic: "Orders" }), "it is damaged, or of another topic"],
};

for (const [what, [value, message]] of Object.entries(WRONG)) {
  test(`parseStoredRoute() refuses ${what}`, () => {
    assertThrows(() => parseStoredRoute("orders", value), TypeError, message);
  });
}

test("storeKey() keeps topics apart in stores that take separators for folders", () => {
  const keys = ["a/b", "a:b", "a\\b", "a?b", "a", "%RETRY%a"].map(storeKey);
  assertEquals(new Set(keys).size, keys.length);
  for (const key of keys) assertEquals(/^rmq:route:[^/:?\\]+$/.test(key), true, key);
});

test("answerOf() takes an answer from a clock that runs ahead for a new one", () => {
  assertEquals([answerOf(stored, stored.fetchedAt + 5).ageMs, answerOf(stored, stored.fetchedAt - 5).ageMs], [5, 0]);
});
