import { assert, assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import {
  NameServerClosedError,
  NameServerConnectionError,
  NameServerDataParseError,
  NameServerResponseError,
  NameServerTimeoutError,
} from "../../../src/errors.ts";
import { encodeUtf8 } from "../../../src/protocol/utf8.ts";
import { brokerData } from "../../cli/routes.ts";
import { test } from "../../harness.ts";
import { BrokersWorld, runtimeInfo } from "./brokers_world.ts";

const A = brokerData("a", { brokerAddrs: { "0": "a:1", "1": "a:2" } });

test("getBrokerStatus() asks masters and slaves, and gives what they say in the order of cluster, name and id", async () => {
  const world = new BrokersWorld();
  world.brokers = [
    brokerData("b", { cluster: "d", brokerAddrs: { "0": "b:1" } }),
    brokerData("a", { brokerAddrs: { "10": "a:10", "2": "a:2", "0": "a:1" } }),
  ];
  world.scripts.set("b:1", runtimeInfo(407, { putTps: "1.0 2.0 3.0" }));
  await using client = world.connect();
  const statuses = await client.getBrokerStatus();
  assertEquals(statuses.map(({ cluster, brokerName, brokerId, address, role }) => [cluster, brokerName, brokerId, address, role]), [
    ["c", "a", "0", "a:1", "master"],
    ["c", "a", "2", "a:2", "slave"],
    ["c", "a", "10", "a:10", "slave"],
    ["d", "b", "0", "b:1", "master"],
  ]);
  assertEquals(statuses.map(({ alive, version, error }) => [alive, version, error]), [
    ...[1, 2, 3].map(() => [true, "V5_3_3", undefined]),
    [true, "V4_9_7", undefined],
  ]);
  assertEquals({ ...statuses[3]!.runtime }, { brokerVersion: "407", putTps: "1.0 2.0 3.0" });
  assert(statuses.every(({ roundTripMs }) => roundTripMs! >= 0));
});

test("getBrokerStatus() says of each broker that does not answer why, and keeps the others", async () => {
  const world = new BrokersWorld();
  world.brokers = [brokerData("a", { brokerAddrs: { "0": "a:1", "1": "a:2", "2": "a:3", "3": "no address", "4": "" } })];
  world.scripts.set("a:1", "refuses").set("a:2", "silent");
  await using client = world.connect();
  const statuses = await client.getBrokerStatus({ timeoutMs: 1000 });
  assertEquals(statuses.map(({ alive, roundTripMs }) => [alive, roundTripMs !== undefined]), [
    [false, false],
    [false, false],
    [true, true],
    [false, false],
    [false, false],
  ]);
  const errors = statuses.map(({ error }) => error);
  assertInstanceOf(errors[0], NameServerConnectionError);
  assertInstanceOf(errors[1], NameServerTimeoutError);
  assertEquals(errors[2], undefined);
  assertEquals([errors[0].address, errors[0].operation], ["a:1", "getBrokerStatus"]);
  assertEquals(errors[3]?.message, 'Cannot get broker status at "no address": it is no address');
});

test("getBrokerStatus() finds a broker alive that refuses, or says what can't be read", async () => {
  const world = new BrokersWorld();
  world.brokers = [A];
  world.scripts.set("a:1", { code: 16, remark: "no permission" }).set("a:2", { body: encodeUtf8("[") });
  await using client = world.connect();
  const [refused, odd] = await client.getBrokerStatus();
  assertEquals([refused!.alive, refused!.runtime, odd!.alive, odd!.runtime], [true, undefined, true, undefined]);
  assertInstanceOf(refused!.error, NameServerResponseError);
  assertInstanceOf(odd!.error, NameServerDataParseError);
  assertEquals(odd!.error.address, "a:2");
});

test("getBrokerStatus() calls a version past the list what the broker calls it, and one without a name nothing", async () => {
  const world = new BrokersWorld();
  world.brokers = [A];
  world.scripts.set("a:1", runtimeInfo(999, { brokerVersionDesc: "V6_0_0" })).set("a:2", runtimeInfo(999));
  await using client = world.connect();
  assertEquals((await client.getBrokerStatus()).map(({ version }) => version), ["V6_0_0", undefined]);
});

test("getBrokerStatus() asks where mapAddress says, and brings brokers that name an IPv6 address without brackets", async () => {
  const world = new BrokersWorld();
  world.brokers = [brokerData("a", { brokerAddrs: { "0": "10.0.0.1:10911", "1": "fe80:0:0:0:0:0:0:1:10911" } })];
  await using client = world.connect();
  const mapAddress = (address: string, { brokerName }: { readonly brokerName: string }): string =>
    address.replace("10.0.0.1", `${brokerName}.example`);
  const statuses = await client.getBrokerStatus({ mapAddress });
  assertEquals(statuses.map(({ alive, address }) => [alive, address]), [
    [true, "a.example:10911"],
    [true, "fe80:0:0:0:0:0:0:1:10911"],
  ]);
  assertEquals(world.peer.dials.slice(1), ["a.example:10911", "[fe80:0:0:0:0:0:0:1]:10911"]);
});

test("getBrokerStatus() without brokers is empty", async () => {
  await using client = new BrokersWorld().connect();
  assertEquals(await client.getBrokerStatus(), []);
});

test("getBrokerStatus() rejects with the signal's reason, and where the client is closed", async () => {
  const world = new BrokersWorld();
  world.brokers = [A];
  world.scripts.set("a:1", "silent").set("a:2", "silent");
  await using client = world.connect();
  const controller = new AbortController();
  const aborted = assertRejects(() => client.getBrokerStatus({ signal: controller.signal }), Error, "enough");
  await world.peer.request(2, 0);
  controller.abort(new Error("enough"));
  await aborted;
  const closed = assertRejects(() => client.getBrokerStatus(), NameServerClosedError);
  await world.peer.request(2, 1);
  await client.close();
  await closed;
});
