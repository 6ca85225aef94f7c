import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { connect, NameServerPartialWriteError } from "../../mod.ts";
import { createRequest, createResponse } from "../../src/protocol/command.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { Fleet } from "../client/fleet.ts";
import { RemoteBench, textOf, turn } from "../remote/remote_bench.ts";
import { succeed } from "../remote/scripted_peer.ts";
import { brokerA, topicConfig } from "../server/brokers.ts";
import { fault } from "./fault.ts";

const WRITE = 100;

fault(68, "calls in flight finish on a server that leaves the list; new ones go to the new list", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1" });
  const inFlight = bench.read();
  const [request, connection] = await bench.peer.request(0, 0);
  bench.peer.serve = succeed;
  bench.remote.setAddresses("c:1;b:1");
  assertEquals([bench.remote.addresses, textOf(await bench.read())], [["c:1", "b:1"], "c:1"]);
  assertEquals(connection.isClosed, false);
  succeed(request, connection);
  assertEquals(textOf(await inFlight), "a:1");
  await connection.closed;
  assertEquals(textOf(await bench.read()), "c:1"); // and not the one that answered last
  assertEquals(bench.eventsOf("servers"), [{ type: "servers", addresses: ["c:1", "b:1"] }]);
});

fault(68, "a server that leaves the list while idle is hung up, and one that stays is kept", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1", serve: succeed });
  await bench.read();
  await bench.read({ address: "b:1" });
  bench.remote.setAddresses("b:1");
  assertEquals([textOf(await bench.read()), bench.peer.dials], ["b:1", ["a:1", "b:1"]]);
  await (await bench.peer.connections.at(0)).closed;
});

fault(68, "a call that waits for a dial finishes on its server, although that leaves the list", async () => {
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => open = resolve);
  await using bench = new RemoteBench({ dial: () => gate, serve: succeed });
  const call = bench.read();
  await turn();
  bench.remote.setAddresses("b:1");
  open();
  assertEquals(textOf(await call), "a:1");
  await (await bench.peer.connections.at(0)).closed;
});

fault(68, "a one-way request finishes on a server that leaves the list, which is hung up then", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  await bench.read();
  const connection = await bench.peer.connections.at(0);
  connection.stopReading();
  const leaving = bench.remote.oneway(createRequest(WRITE));
  await turn();
  bench.remote.setAddresses("b:1");
  await turn();
  assertEquals(connection.isClosed, false);
  connection.readOn();
  await leaving;
  await connection.closed;
  assertEquals(connection.requests.all.length, 2);
});

fault(69, "a write that reaches some servers only says who accepted and who did not, and why", async () => {
  await using fleet = await Fleet.start(3);
  const [first, second, third] = fleet.addresses as [string, string, string];
  await fleet.servers[1]![Symbol.asyncDispose]();
  fleet.servers[2]!.setFaults({ answer: (request) => createResponse(request, { code: 1, remark: "disk full" }) });
  const entry = { namespace: "n", key: "k", value: "v" };
  const error = await assertRejects(() => fleet.client.putKvConfig(entry), NameServerPartialWriteError);
  assertEquals([error.code, error.operation, error.accepted], ["NAMESRV_PARTIAL_WRITE", "putKvConfig", [first]]);
  assertEquals(error.errors.map(({ address, code, operation }) => [address, code, operation]), [
    [second, "NAMESRV_CONNECT", "putKvConfig"],
    [third, "NAMESRV_RESPONSE", "putKvConfig"],
  ]);
  for (const words of ["at 2 of 3 servers", second, third, "disk full"]) assertStringIncludes(error.message, words);
  assertEquals(await fleet.client.getKvConfig(entry, { address: first }), "v");
  assertEquals(fleet.servers[2]!.received.length, 1); // a write is not repeated
});

fault(69, "a write that no server accepts says so in the same way", async () => {
  await using fleet = await Fleet.start(2);
  for (const server of fleet.servers) await server[Symbol.asyncDispose]();
  const error = await assertRejects(
    () => fleet.client.putKvConfig({ namespace: "n", key: "k", value: "v" }),
    NameServerPartialWriteError,
  );
  assertEquals([error.accepted, error.errors.map(({ address }) => address)], [[], fleet.addresses]);
});

fault(70, "a broker's first registration with one topic is refused by 5.x, and the error says why and what helps", async () => {
  for (const emulate of ["5.3.3", "5.5.0"] as const) {
    await using server = new EmbeddedNameServer({ emulate });
    await using client = await connect(server.address, { adapter: server.adapter });
    const one = brokerA({ topics: { orders: topicConfig("orders") } });
    const error = await assertRejects(() => client.registerBroker(one), NameServerPartialWriteError);
    assertEquals([error.operation, error.errors[0]?.address], ["registerBroker", server.address]);
    assertStringIncludes(error.message, "5.x servers refuse the first registration of a broker if it has exactly one topic");
    assertStringIncludes(error.message, "register it with no topic or with several first");
    await client.registerBroker(brokerA());
    assertEquals(Object.keys((await client.registerBroker(one)).get(server.address) ?? {}), []);
  }
});
