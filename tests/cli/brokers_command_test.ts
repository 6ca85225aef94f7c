import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { createResponse } from "../../src/protocol/command.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { closedAddress } from "../client/closed_address.ts";
import { test } from "../harness.ts";
import { brokerA } from "../server/brokers.ts";
import { cells, namesrv } from "./namesrv.ts";

const FIGURES = { brokerVersion: "407", putTps: "12.51 10.0 3.3", getTransferredTps: "\u001b[31m", bootTimestamp: "1700000000000" };

/** Plays a broker on a port. */
async function startBroker(server: EmbeddedNameServer): Promise<string> {
  const body = encodeUtf8(JSON.stringify({ table: FIGURES }));
  server.setFaults({ answer: (request) => createResponse(request, { body }) });
  return (await server.listen()).address;
}

test("namesrv brokers shows how each broker does, why one does not answer, and ends with 1 then", async () => {
  await using server = new EmbeddedNameServer();
  await using broker = new EmbeddedNameServer();
  const [there, down] = [await startBroker(broker), await closedAddress()];
  server.registerBroker(brokerA({ brokerAddr: there }));
  server.registerBroker(brokerA({ brokerId: 1, brokerAddr: down }));
  const { status, output, errors } = await namesrv("brokers", "-n", (await server.listen()).address);
  assertEquals([status, errors], [1, ""]);
  const [summary, , header, master, slave, , note] = cells(output);
  assertEquals(summary, ["1 alive, 1 down"]);
  assertEquals(header, ["CLUSTER", "BROKER", "ROLE", "ADDRESS", "STATE", "VERSION", "MS", "IN/S", "OUT/S", "UP SINCE"]);
  const [cluster, name, role, address, state, version, ms, ...rest] = master!;
  assertEquals([cluster, name, role, address, state, version], ["c", "a", "master", there, "alive", "V4_9_7"]);
  assert(/^\d+\.\d$/.test(ms!), ms);
  assertEquals(rest, ["12.5", "-", "2023-11-14T22:13:20Z"]);
  assertEquals(slave, ["c", "a", "slave 1", down, "down", "-", "-", "-", "-", "-"]);
  assertStringIncludes(note!.join(" "), "! a: Cannot ");
});

test("namesrv brokers --map asks brokers elsewhere, by host or by host and port", async () => {
  await using server = new EmbeddedNameServer();
  await using broker = new EmbeddedNameServer();
  const there = await startBroker(broker);
  const port = there.split(":")[1]!;
  server.registerBroker(brokerA({ brokerAddr: "10.0.0.1:1" }));
  server.registerBroker(brokerA({ brokerId: 1, brokerAddr: `10.0.0.2:${port}` }));
  const { address } = await server.listen();
  const { status, output } = await namesrv(
    "brokers",
    "--json",
    "-n",
    address,
    "--map",
    `10.0.0.1:1=${there}`,
    "--map",
    "10.0.0.2=127.0.0.1",
  );
  assertEquals(status, 0);
  assertEquals(JSON.parse(output).map((one: { readonly alive: boolean; readonly address: string }) => [one.alive, one.address]), [
    [true, there],
    [true, there],
  ]);
  assertEquals((await namesrv("brokers", "-n", address, "--map", "nonsense")).status, 2);
});

test("namesrv brokers says that there is none", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  assertEquals(await namesrv("brokers", "-n", address), { status: 0, output: "No broker is registered\n", errors: "" });
});
