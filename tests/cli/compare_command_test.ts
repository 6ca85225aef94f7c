import { assertEquals, assertStringIncludes } from "@std/assert";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { closedAddress } from "../client/closed_address.ts";
import { test } from "../harness.ts";
import { brokerA } from "../server/brokers.ts";
import { cells, namesrv } from "./namesrv.ts";

test("namesrv compare ends with 0 where servers agree", async () => {
  await using first = new EmbeddedNameServer();
  await using second = new EmbeddedNameServer();
  for (const server of [first, second]) server.registerBroker(brokerA());
  const [x, y] = [(await first.listen()).address, (await second.listen()).address];
  assertEquals(await namesrv("compare", "-n", x, "-n", y), { status: 0, output: "The servers agree\n", errors: "" });
});

test("namesrv compare shows where servers differ, a column each, and ends with 1", async () => {
  await using first = new EmbeddedNameServer();
  await using second = new EmbeddedNameServer();
  first.registerBroker(brokerA());
  first.registerBroker(brokerA({ brokerId: 1, brokerAddr: "10.0.0.2:10911" }));
  const servers = [(await first.listen()).address, (await second.listen()).address];
  const { status, output, errors } = await namesrv("compare", "-n", servers.join(";"));
  assertEquals([status, errors], [1, ""]);
  const there = new Map([[servers[0]!, ["master 10.0.0.1:10911, slave 1 10.0.0.2:10911", "known"]], [servers[1]!, ["-", "-"]]]);
  const columns = cells(output)[2]!.slice(2);
  assertEquals([...columns].sort(), [...servers].sort());
  assertEquals(cells(output), [
    ["The servers differ: 1 broker, 2 topics"],
    [""],
    ["WHAT", "NAME", ...columns],
    ["broker", "a", ...columns.map((server) => there.get(server)![0]!)],
    ["topic", "bills", ...columns.map((server) => there.get(server)![1]!)],
    ["topic", "orders", ...columns.map((server) => there.get(server)![1]!)],
  ]);
});

test("namesrv compare names a server that fails, and ends with 1", async () => {
  await using server = new EmbeddedNameServer();
  const [{ address }, down] = [await server.listen(), await closedAddress()];
  const { status, output } = await namesrv("compare", "-n", address, "-n", down);
  assertEquals([status, output.split("\n")[0]], [1, "Nothing to compare: 1 of 2 servers answered"]);
  assertStringIncludes(output, `! ${down} takes no part: `);
});

test("namesrv compare says how many servers it is about where not all answered, and that one alone can't differ", async () => {
  await using first = new EmbeddedNameServer();
  await using second = new EmbeddedNameServer();
  const [x, y, down] = [(await first.listen()).address, (await second.listen()).address, await closedAddress()];
  const summary = async () => (await namesrv("compare", "-n", x, "-n", y, "-n", down)).output.split("\n")[0];
  assertEquals(await summary(), "2 of 3 servers answered, and agree");
  first.registerBroker(brokerA());
  assertEquals(await summary(), "2 of 3 servers answered, and differ: 1 broker, 2 topics");
  assertEquals(await namesrv("compare", "-n", x), { status: 0, output: "Nothing to compare: one server\n", errors: "" });
});

test("namesrv compare --json prints servers as members", async () => {
  await using first = new EmbeddedNameServer();
  await using second = new EmbeddedNameServer();
  first.registerBroker(brokerA());
  const [x, y] = [(await first.listen()).address, (await second.listen()).address];
  const { status, output } = await namesrv("compare", "--json", "-n", x, "-n", y);
  assertEquals(status, 1);
  assertEquals(JSON.parse(output), {
    agree: false,
    failures: {},
    brokers: [{ brokerName: "a", missingOn: [y], addrs: { [x]: { "0": "10.0.0.1:10911" } } }],
    topics: ["bills", "orders"].map((topic) => ({ topic, missingOn: [y] })),
  });
});
