import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { zlibSync } from "fflate/browser";
import { NameServerDataParseError } from "../../src/errors.ts";
import { compressRegisterBrokerBody, decompressRegisterBrokerBody } from "../../src/model/compressed_broker_body.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { test } from "../harness.ts";
import { anyBody, topic } from "./brokers.ts";

const VERSION = { stateVersion: 0, timestamp: 1, counter: 1 };

// Written by Java 5.3.3: new RegisterBrokerBody().encode(true), with one topic, one filter server and one mapping
const WRITTEN_BY_JAVA = "eNotT81qwzAM9h5hb2B0nSl2mi61bzusJbAfxkYvYxjH8bpAEgfbOZQs7z55VEIgPr4fiRCyX8D6eUwugNoyiMkkd3Ihdn4EtWOQusEhOEygRM" +
  "WvJYrtSgi5weE+tEinJd3Te/pevxyfHvXHw5EucIfKaM5uky6TAwWH+vAKWXf7CYJvcksl0Q6+rma/CzSjGTK5AQZ2DqFunw1mL1yJlUHbhXQB" +
  "9W366Bi4ydsfyBaVkLLYlVXJpcSjo/X/iVqfe9+YXmt0S37qLIL5RVwykEz/NrvZRVDF+gd+1EuB";

test("decompressRegisterBrokerBody() reads what Java wrote", () => {
  const bytes = Uint8Array.from(atob(WRITTEN_BY_JAVA), (char) => char.charCodeAt(0));
  assertEquals(decompressRegisterBrokerBody(bytes, true), {
    version: { stateVersion: 5, timestamp: 1700000000123, counter: 3 },
    topics: { orders: topic("orders", { readQueueNums: 4, writeQueueNums: 8, attributes: { "+message.type": "FIFO" } }) },
    filterServers: ["10.0.0.9:9000"],
    topicQueueMappings: {
      static: {
        topic: "static",
        bname: "b",
        totalQueues: 2,
        epoch: 9007199254740995n,
        currIdMap: { "0": 1 },
        scope: "__global__",
        dirty: false,
      },
    },
  });
});

test("decompressRegisterBrokerBody() reads back what compressRegisterBrokerBody() wrote", () => {
  fc.assert(fc.property(anyBody({ compressible: true }), (body) => {
    assertEquals(decompressRegisterBrokerBody(compressRegisterBrokerBody(body), true), body);
  }));
});

test("compressRegisterBrokerBody() writes a zlib stream, not gzip, with the mappings that 5.x expects", () => {
  const bytes = compressRegisterBrokerBody({ topics: {}, version: VERSION });
  assertEquals([bytes[0], ((bytes[0]! << 8) | bytes[1]!) % 31], [0x78, 0]); // RFC 1950 §2.2
  assertEquals(decompressRegisterBrokerBody(bytes, true).topicQueueMappings, {});
});

test("compressRegisterBrokerBody() loses topicSysFlag and order, which have no place in it", () => {
  const topics = { a: topic("a", { topicSysFlag: 3, order: true }) };
  assertEquals(decompressRegisterBrokerBody(compressRegisterBrokerBody({ topics, version: VERSION }), true).topics, { a: topic("a") });
});

test("compressRegisterBrokerBody() refuses a topic with a blank in its name", () => {
  assertThrows(() => compressRegisterBrokerBody({ topics: { "a b": topic("a b") }, version: VERSION }), TypeError, "blank");
});

test("decompressRegisterBrokerBody() refuses a stream that is broken, cut short or lies about lengths", () => {
  const text = '{"counter":1,"stateVersion":0,"timestamp":1}';
  const cases: readonly Uint8Array[] = [
    encodeUtf8("not zlib at all"),
    new Uint8Array(0),
    zlibSync(new Uint8Array(0)),
    zlibSync(Uint8Array.of(0x7f, 0xff, 0xff, 0xff, 1)),
    zlibSync(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1)),
    zlibSync(encodeUtf8(`\0\0\0${String.fromCharCode(text.length)}${text}`)),
    compressRegisterBrokerBody({ topics: {}, version: VERSION }).subarray(0, 12),
  ];
  for (const bytes of cases) {
    assertThrows(() => decompressRegisterBrokerBody(bytes, true), NameServerDataParseError, "Cannot parse compressed registration");
  }
});

test("decompressRegisterBrokerBody() stops before the mappings where a server of 4.x would", () => {
  const topicQueueMappings = { a: { bname: "b", totalQueues: 1, epoch: 0, currIdMap: {} } };
  const bytes = compressRegisterBrokerBody({ topics: {}, version: VERSION, topicQueueMappings });
  assertEquals(decompressRegisterBrokerBody(bytes, false).topicQueueMappings, {});
});

test("decompressRegisterBrokerBody() stops at 16 MiB", () => {
  const bytes = zlibSync(new Uint8Array(16 * 1024 * 1024 + 1), { level: 1 });
  assertThrows(() => decompressRegisterBrokerBody(bytes, true), NameServerDataParseError, "more than 16777216 bytes");
});
