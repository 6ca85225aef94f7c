import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { main } from "../../src/cli.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { closedAddress } from "../client/closed_address.ts";
import { test } from "../harness.ts";
import { Sequence } from "../remote/sequence.ts";
import { brokerA } from "../server/brokers.ts";
import { namesrv } from "./namesrv.ts";

/** A `namesrv watch` in this process. */
class Watching {
  /** What it has printed. */
  readonly lines: Sequence<string> = new Sequence();
  readonly #controller = new AbortController();
  readonly #status: Promise<number>;

  constructor(...args: readonly string[]) {
    this.#status = main(["watch", "--interval", "0.005", ...args], {
      write: (text) => this.lines.push(text),
      writeError: (text) => this.lines.push(text),
      untilInterrupted: () => new Promise((resolve) => this.#controller.signal.addEventListener("abort", () => resolve())),
    });
  }

  /** As Ctrl-C does. */
  interrupt(): Promise<number> {
    this.#controller.abort();
    return this.#status;
  }
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z {2}/;

test("namesrv watch TOPIC prints a line a change, until it is interrupted", async () => {
  await using server = new EmbeddedNameServer();
  server.registerBroker(brokerA());
  const watching = new Watching("orders", "-n", (await server.listen()).address);
  assert(TIME.test(await watching.lines.at(0)));
  server.registerBroker(brokerA({ brokerName: "b\u001b", brokerAddr: "10.0.0.2:10911" }));
  await watching.lines.at(1);
  assertEquals(await watching.interrupt(), 0);
  assertEquals(watching.lines.all.map((line) => line.replace(TIME, "")), ["snapshot  1 broker: a\n", "changed   joined: b\\u001b\n"]);
});

test("namesrv watch --cluster --probe tells brokers that are down, as JSON where that is asked for", async () => {
  await using server = new EmbeddedNameServer();
  server.registerBroker(brokerA({ brokerAddr: await closedAddress() }));
  const watching = new Watching("--cluster", "--probe", "--json", "-n", (await server.listen()).address);
  const change = JSON.parse(await watching.lines.at(1));
  assertEquals(await watching.interrupt(), 0);
  assertEquals([change.type, change.diff.down, Object.keys(change)], ["changed", ["a"], ["cluster", "diff", "previous", "time", "type"]]);
});

test("namesrv watch prints a failure as a line, and goes on", async () => {
  await using server = new EmbeddedNameServer();
  const watching = new Watching("orders", "-n", (await server.listen()).address);
  assertStringIncludes(await watching.lines.at(0), "error     Cannot find route of topic");
  server.registerBroker(brokerA());
  assertStringIncludes(await watching.lines.at(1), "snapshot  1 broker: a");
  assertEquals(await watching.interrupt(), 0);
});

test("namesrv watch takes its interval in seconds, decimals too", async () => {
  const { output } = await namesrv("watch", "--help");
  assertStringIncludes(output, "--interval <s>");
  const { status, errors } = await namesrv("watch", "orders", "--interval", "0.0", "-n", "127.0.0.1:1");
  assertEquals([status, errors.includes("Cannot use --interval 0")], [2, true]);
});

test("namesrv watch refuses what makes no sense", async () => {
  for (
    const args of [[], ["orders", "--cluster"], ["", "--interval", "1"], ["orders", "--probe"], ["orders", "--interval", "0"], [
      "orders",
      "--interval",
      "x",
    ]]
  ) {
    assertEquals((await namesrv("watch", ...args, "-n", "127.0.0.1:1")).status, 2, args.join(" "));
  }
});
