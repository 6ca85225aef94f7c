import { assert, assertEquals, assertRejects } from "@std/assert";
import { connect, NameServerDataParseError, type TopicRouteData } from "../../mod.ts";
import { createResponse } from "../../src/protocol/command.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { brokerA } from "../server/brokers.ts";
import { fault } from "./fault.ts";

const bytesOf = (body: string | Uint8Array): Uint8Array => typeof body === "string" ? new TextEncoder().encode(body) : body;

/** A client is answered with this body, and says what is wrong with it and where; its connection is as good as before. */
async function assertMalformed(body: string | Uint8Array, path: string): Promise<void> {
  await using server = new EmbeddedNameServer();
  server.registerBroker(brokerA());
  await using client = await connect(server.address, { adapter: server.adapter });
  server.setFaults({ answer: (request) => createResponse(request, { body: bytesOf(body) }) });
  const error = await assertRejects(() => client.queryTopicRouteInfo("orders"), NameServerDataParseError);
  assertEquals([error.code, error.address, error.operation], ["NAMESRV_MALFORMED_BODY", server.address, "queryTopicRouteInfo"]);
  assertEquals([error.retryable, server.received.length], [false, 1]);
  assert(error.path.startsWith(path), `path ${error.path.slice(0, 100)}`);
  assert(error.message.startsWith(`Cannot query topic route info at "${server.address}": cannot parse `), error.message);
  assert(error.message.length < 2000, `a message of ${error.message.length} characters`);
  const events = client.events();
  server.setFaults({});
  assertEquals((await client.queryTopicRouteInfo("orders")).queueDatas.length, 1);
  await client.close();
  assertEquals((await events.next()).value?.type, "disconnected"); // and not before
}

/** What a client reads of a body. */
async function routeOf(body: string): Promise<TopicRouteData> {
  await using server = new EmbeddedNameServer();
  await using client = await connect(server.address, { adapter: server.adapter });
  server.setFaults({ answer: (request) => createResponse(request, { body: bytesOf(body) }) });
  return await client.queryTopicRouteInfo("orders");
}

fault(32, "a body that is no JSON is told as such, and keeps the connection", () => assertMalformed("surely no JSON", ""));

fault(
  32,
  "a body with a field of another type says which",
  () => assertMalformed('{"brokerDatas":[{"brokerName":5}]}', "/brokerDatas/0/brokerName"),
);

fault(33, "a body nested 100,000 deep is told as such, also where nobody looks", async () => {
  await assertMalformed(`{"brokerDatas":${"[".repeat(100_000)}`, "/brokerDatas/0");
  await assertMalformed(`{"x":${"[".repeat(100_000)}`, "/x");
  await assertMalformed(`{"x":${'{"y":'.repeat(100_000)}`, "/x");
});

fault(34, "a success without a body is told as malformed", () => assertMalformed("", ""));

fault(35, "bytes that are no UTF-8 are told as such", () => assertMalformed(Uint8Array.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d), ""));

fault(36, "keys named __proto__ and constructor are data like others", async () => {
  const { brokerDatas, filterServerTable } = await routeOf(
    '{"brokerDatas":[{"brokerName":"b","cluster":"c","brokerAddrs":{"__proto__":"10.0.0.1:1","constructor":"10.0.0.2:1","0":"10.0.0.3:1"}}],' +
      '"queueDatas":[],"filterServerTable":{"__proto__":["x:1"]},"__proto__":{"polluted":true}}',
  );
  assertEquals(Object.entries(brokerDatas[0]!.brokerAddrs), [["0", "10.0.0.3:1"], ["__proto__", "10.0.0.1:1"], [
    "constructor",
    "10.0.0.2:1",
  ]]);
  assertEquals(Object.entries(filterServerTable), [["__proto__", ["x:1"]]]);
  assertEquals([({} as { readonly polluted?: boolean }).polluted, Object.getPrototypeOf(brokerDatas[0]!.brokerAddrs)], [undefined, null]);
});

fault(37, "a broker whose addresses are null or left out is a broker without addresses", async () => {
  for (const addresses of ['"brokerAddrs":null,', ""]) {
    const { brokerDatas } = await routeOf(`{"brokerDatas":[{${addresses}"brokerName":"b","cluster":"c"}],"queueDatas":[]}`);
    assertEquals(brokerDatas.map(({ brokerName, brokerAddrs }) => [brokerName, Object.keys(brokerAddrs)]), [["b", []]]);
  }
});

fault(38, "ids of brokers are kept to the last digit, below zero and past 2^53", async () => {
  const ids = ["-1", "0", "9007199254740993", "9223372036854775807"];
  for (const quote of ["", '"']) {
    const addrs = ids.map((id, index) => `${quote}${id}${quote}:"10.0.0.${index}:1"`).join();
    const { brokerDatas } = await routeOf(`{"brokerDatas":[{"brokerAddrs":{${addrs}},"brokerName":"b","cluster":"c"}],"queueDatas":[]}`);
    assertEquals(Object.keys(brokerDatas[0]!.brokerAddrs).sort(), [...ids].sort());
    assertEquals(brokerDatas[0]!.brokerAddrs["9007199254740993"], "10.0.0.2:1");
  }
});
