/** The package that `deno task build` makes, as users of Node install it. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";
import { brokerA } from "../server/brokers.ts";
import { installedPackage } from "./installed_package.ts";

/** The package is the same whatever runs the test, and building takes seconds. */
const ONCE = { runtimes: ["deno"] } as const;

const PROGRAM = `
import { connect } from "@rmq/nameserver/node";
import { requests } from "@rmq/nameserver/protocol";
import { EmbeddedNameServer } from "@rmq/nameserver/testing";
const server = new EmbeddedNameServer();
const client = await connect((await server.listen()).address);
console.log(Object.keys(requests).length, JSON.stringify(await client.getBrokerClusterInfo()));
await client.close();
await server[Symbol.asyncDispose]();
`;

/** Leaves its client open, and ends all the same. */
const BLOCKING = `
import process from "node:process";
import { connectSync } from "@rmq/nameserver/sync";
const client = connectSync(process.argv[2], { timeoutMs: 30_000 });
const [{ brokerAddrs }] = client.queryTopicRouteInfo("orders").brokerDatas;
console.log(JSON.stringify([brokerAddrs, client.getBrokerClusterInfo().clusterAddrTable]));
`;
const ANSWERS = `[{"0":"10.0.0.1:10911"},{"c":["a"]}]\n`;

/** Has one mistake, so that what the compiler says is known to be about it. */
const TYPED = `
import "@rmq/nameserver/bun";
import "@rmq/nameserver/cli";
import "@rmq/nameserver/deno";
import "@rmq/nameserver/edge";
import "@rmq/nameserver/node";
import "@rmq/nameserver/protocol";
import "@rmq/nameserver/sync";
import "@rmq/nameserver/testing";
import { connect, type TopicRouteData } from "@rmq/nameserver";
const client = await connect("10.0.0.1:9876", { timeoutMs: 1000 });
const route: TopicRouteData = await client.queryTopicRouteInfo("orders");
const wrong: number = route.orderTopicConf;
export {};
`;

test("The built package runs in Node, brings the command line and the documents, and exports what deno.json does", async () => {
  const project = await installedPackage();
  await project.write("main.js", PROGRAM);
  assertEquals(await project.run("node", "main.js"), `23 {"brokerAddrTable":{},"clusterAddrTable":{}}\n`);
  assertStringIncludes(await project.run("node", join(project.built, "namesrv.js"), "--help"), "Usage: namesrv");
  const manifests = [join(project.built, "package.json"), fileURLToPath(new URL("../../deno.json", import.meta.url))];
  const [built, deno] = await Promise.all(manifests.map(async (file) => JSON.parse(await readFile(file, "utf8"))));
  assertEquals(Object.keys(built.exports), [...Object.keys(deno.exports), "./package.json"]);
  for (const document of deno.publish.include.filter((name: string) => name.endsWith(".md"))) await access(join(project.built, document));
}, ONCE);

test("the built package is typed, for programs that have no declarations but those of a year and of browsers, too", async () => {
  const project = await installedPackage();
  await project.write("main.ts", TYPED);
  for (const lib of ["esnext,dom", "es2022,dom"]) {
    assertEquals((await project.tsc("main.ts", lib)).map((line) => line.split(":")[0]), ["main.ts(13,7)"], lib);
  }
}, ONCE);

test("the blocking client runs from the built package, and bundled and minified, in Node, Bun and Deno", async () => {
  const project = await installedPackage();
  await using server = new EmbeddedNameServer();
  server.registerBroker(brokerA());
  const { address } = await server.listen();
  await project.write("blocking.js", BLOCKING);
  await project.esbuild("blocking.js", "--minify", "--format=esm", "--outfile=module.mjs");
  // As services that are shipped as one file are: functions are rewritten, which would break a worker made of their text.
  await project.esbuild("blocking.js", "--minify", "--keep-names", "--target=es2020", "--format=cjs", "--outfile=script.cjs");
  for (const runtime of ["node", "bun", "deno"] as const) {
    for (const program of ["blocking.js", "module.mjs", "script.cjs"]) {
      assertEquals(await project.run(runtime, program, address), ANSWERS, `${program} in ${runtime}`);
    }
  }
}, ONCE);

test("the blocking client runs in an executable that bun build --compile makes", async () => {
  const project = await installedPackage();
  await using server = new EmbeddedNameServer();
  server.registerBroker(brokerA());
  await project.write("blocking.js", BLOCKING);
  await project.compile("blocking.js", "blocking");
  assertEquals(await project.execute("blocking", (await server.listen()).address), ANSWERS);
}, ONCE);
