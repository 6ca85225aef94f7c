import { assertEquals, assertStringIncludes } from "@std/assert";
import { existsSync } from "node:fs";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test, type TestOptions } from "../harness.ts";
import { namesrv } from "./namesrv.ts";
import { program } from "./program.ts";
import { brokerData, routeData } from "./routes.ts";

/** Each starts processes, on a machine that may be busy. */
const OPTIONS: TestOptions = { timeoutMs: 120_000 };

/** More than a pipe holds, by far. */
const MANY_BROKERS = Array.from({ length: 8000 }, (_, i) => brokerData(`broker-${i}`, { brokerAddrs: { "0": `10.0.0.1:${i}` } }));

test("src/cli.ts is a program: it takes arguments, prints, and ends by itself with main()'s status", async () => {
  await using server = new EmbeddedNameServer();
  server.setTopicRoute("orders", routeData({ brokerDatas: [brokerData("a")] }));
  const { address } = await server.listen();
  for (const args of [["route", "orders", "-n", address], ["route", "bills", "-n", address], ["route"]]) {
    assertEquals(await program(args), await namesrv(...args));
  }
}, OPTIONS);

test("src/cli.ts asks the servers of NAMESRV_ADDR where -n is left out", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  assertEquals(await program(["cluster"], { addresses: `;${address};` }), {
    status: 0,
    output: `No broker is registered at ${address}\n`,
    errors: "",
  });
  assertEquals(await program(["cluster"]), {
    status: 2,
    output: "",
    errors: "namesrv: Cannot connect: no address is given, and NAMESRV_ADDR is not set (see namesrv --help)\n",
  });
}, OPTIONS);

test("src/cli.ts says in one line that its output can't be written, and ends with 1", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  const { status, errors } = await program(["cluster", "-n", address], { output: "/dev/full" });
  assertEquals([status, errors.split("\n").length], [1, 2]);
  assertStringIncludes(errors.toLowerCase(), "no space left");
}, { ...OPTIONS, skip: existsSync("/dev/full") ? undefined : "there is no /dev/full" });

test("src/cli.ts writes all of a long answer into a pipe", async () => {
  await using server = new EmbeddedNameServer();
  server.setTopicRoute("orders", routeData({ brokerDatas: MANY_BROKERS }));
  const { address } = await server.listen();
  const { output } = await program(["route", "orders", "-n", address]);
  assertEquals(output === (await namesrv("route", "orders", "-n", address)).output, true);
}, OPTIONS);

test("src/cli.ts ends quietly where the reader has seen enough", async () => {
  await using server = new EmbeddedNameServer();
  server.setTopicRoute("orders", routeData({ brokerDatas: MANY_BROKERS }));
  const { address } = await server.listen();
  assertEquals(await program(["route", "orders", "-n", address], { readsOnePiece: true }), { status: 0, output: "", errors: "" });
}, OPTIONS);
