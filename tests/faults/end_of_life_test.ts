import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { TcpBroker } from "../cli/tcp_broker.ts";
import { RemoteBench, textOf } from "../remote/remote_bench.ts";
import { succeed } from "../remote/scripted_peer.ts";
import { brokerA } from "../server/brokers.ts";
import { fault } from "./fault.ts";
import { runAgainst } from "./run_program.ts";

fault(76, "a reader of events that throws ends its own loop, and disturbs neither calls nor other readers", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  const reason = new Error("thrown by a listener");
  const throwing = (async () => {
    for await (const event of bench.remote.events()) if (event.type === "connected") throw reason;
  })();
  const calls = [bench.read(), bench.read()];
  assertStrictEquals(await assertRejects(() => throwing), reason);
  assertEquals((await Promise.all(calls)).map(textOf), ["a:1", "a:1"]);
  assertEquals(textOf(await bench.read()), "a:1");
  assertEquals(bench.events.map((event) => event.type), ["connecting", "connected"]);
});

fault(76, "a signRequest that throws fails its own call with its own error", async () => {
  const reason = new Error("thrown by a signer");
  const signed: number[] = [];
  const options = {
    signRequest: (command: { readonly code: number }) => {
      if (signed.push(command.code) === 1) throw reason;
      return command as never;
    },
  };
  await using bench = new RemoteBench({ serve: succeed, options });
  assertStrictEquals(await assertRejects(() => bench.read()), reason);
  assertEquals([textOf(await bench.read()), bench.peer.sent], ["a:1", ["a:1 206"]]);
});

fault(77, "a process ends by itself although its client is open and idle", async () => {
  await using server = new EmbeddedNameServer();
  assertEquals(await runAgainst(server, "idle_process.ts"), { status: 0, output: "answered" });
});

fault(77, "a process goes on while a call is in flight, and ends behind it", async () => {
  await using server = new EmbeddedNameServer();
  server.setFaults({ silent: true });
  assertEquals(await runAgainst(server, "waiting_process.ts"), { status: 0, output: "NAMESRV_TIMEOUT" });
  assertEquals(server.received.length, 1);
});

fault(77, "a process that has closed its client ends by itself, and nothing is left: no timer, no socket, no worker", async () => {
  await using server = new EmbeddedNameServer();
  server.registerBroker(brokerA());
  server.setFaults({ delayMs: 20 });
  const { status, output } = await runAgainst(server, "closing_process.ts");
  assertEquals({ status, output: output.split("\n") }, {
    status: 0,
    output: [
      "events: connecting connected disconnected",
      "timers: 0",
      "workers: 0",
      "descriptors: 0",
      "resources: none",
    ],
  });
});

fault(77, "a process ends by itself although it holds a registration", async () => {
  await using server = new EmbeddedNameServer();
  await using broker = await TcpBroker.listen();
  server.registerBroker(brokerA({ brokerAddr: broker.address }));
  assertEquals(await runAgainst(server, "registration_process.ts"), { status: 0, output: "1" });
  assertEquals(broker.heard.map(({ code }) => code), [34]);
});

fault(77, "a process goes on as long as somebody waits for a watch, and ends behind it", async () => {
  await using server = new EmbeddedNameServer();
  server.setTopicRoute("orders", { queueDatas: [], brokerDatas: [], filterServerTable: {} });
  assertEquals(await runAgainst(server, "watching_process.ts"), { status: 0, output: "snapshot\nremoved" });
});

fault(77, "a process ends by itself although it has a watch that nobody waits for", async () => {
  await using server = new EmbeddedNameServer();
  server.setTopicRoute("orders", { queueDatas: [], brokerDatas: [], filterServerTable: {} });
  assertEquals(await runAgainst(server, "unwatched_process.ts"), { status: 0, output: "snapshot" });
});
