import { assertEquals, assertStringIncludes } from "@std/assert";
import { main } from "../../src/cli.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";
import { brokerA } from "../server/brokers.ts";
import { namesrv } from "./namesrv.ts";
import { TcpBroker } from "./tcp_broker.ts";

/** A command that goes on: what it has printed, and Ctrl-C. */
function start(...args: readonly string[]) {
  let output = "", errors = "", interrupt = () => {};
  const lines = () => output.split("\n").slice(0, -1);
  const status = main(args, {
    write: (text) => void (output += text),
    writeError: (text) => void (errors += text),
    untilInterrupted: () => new Promise((resolve) => interrupt = resolve),
  });
  const printed = async (part: string): Promise<void> => {
    while (!output.includes(part)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { status, lines, errors: () => errors, printed, interrupt: () => interrupt() };
}

/** A NameServer on a port that lists one broker on another. */
async function world() {
  const [server, broker] = [new EmbeddedNameServer(), await TcpBroker.listen()];
  server.registerBroker(brokerA({ brokerAddr: broker.address }));
  const { address } = await server.listen();
  return {
    server,
    broker,
    address,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([server[Symbol.asyncDispose](), broker[Symbol.asyncDispose]()]);
    },
  };
}

test("namesrv register producer holds a registration until it is interrupted, and shows brokers as they come and fail", async () => {
  await using here = await world();
  const { broker, server, address } = here;
  const command = start("register", "producer", "g", "--client-id", "id", "--interval", "0.05", "-n", address);
  await command.printed("lists it");
  server.registerBroker(brokerA({ brokerName: "dead", brokerAddr: "127.0.0.1:1" }));
  await command.printed("127.0.0.1:1 fails");
  command.interrupt();
  assertEquals(await command.status, 0);
  const lines = command.lines();
  assertEquals(lines.slice(0, 2), [`producer group "g" is registered as "id"; Ctrl-C ends it`, `${broker.address} lists it`]);
  assertStringIncludes(lines[2]!, "! 127.0.0.1:1 fails: Cannot connect");
  assertEquals([lines.at(-1), command.errors()], [`producer group "g" is unregistered`, ""]);
  assertEquals(broker.heard.at(-1)?.extFields, { clientID: "id", producerGroup: "g" });
});

test("namesrv register consumer --json prints a line of JSON for each change, and subscribes", async () => {
  await using here = await world();
  const { broker, address } = here;
  const command = start("register", "consumer", "g", "--client-id", "id", "--topic", "orders", "--tags", "A || B", "-n", address, "--json");
  await command.printed(`"broker"`);
  command.interrupt();
  assertEquals(await command.status, 0);
  assertEquals(command.lines().map((line) => JSON.parse(line)), [
    { role: "consumer", group: "g", clientId: "id", state: "registered" },
    { broker: broker.address, state: "registered" },
    { role: "consumer", group: "g", clientId: "id", state: "unregistered" },
  ]);
  const [{ subscriptionDataSet }] = JSON.parse(new TextDecoder().decode(broker.heard[0]!.body)).consumerDataSet;
  assertEquals([subscriptionDataSet[0].topic, subscriptionDataSet[0].tagsSet], ["orders", ["A", "B"]]);
});

test("namesrv register says what is wrong, and what failed", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  const none = await namesrv("register", "producer", "g", "-n", address);
  assertEquals([none.status, none.output], [1, ""]);
  assertStringIncludes(none.errors, "no NameServer lists a master");
  for (
    const [args, words] of [
      [["producer", "a b"], `" " at index 1`],
      [["producer", "g", "--interval", "x"], "number of seconds"],
      [["consumer", "g", "--tags", "A"], "--tags without a --topic"],
      [["producer", "g", "--tags", "A"], "unknown option"],
      [["producer"], "issing required argument"],
    ] as const
  ) {
    const { status, errors } = await namesrv("register", ...args, "-n", address);
    assertEquals(status, 2);
    assertStringIncludes(errors.toLowerCase(), words.toLowerCase());
  }
});
