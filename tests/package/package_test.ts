/** The package that `deno task build` makes, as users of Node install it. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { test } from "../harness.ts";

const root = new URL("../../", import.meta.url).pathname;
const run = promisify(execFile);

/** Builds it and puts it where a project in a folder of its own finds it. */
async function installed() {
  const project = await mkdtemp(join(tmpdir(), "rmq-package-"));
  const [built, modules] = [join(project, "built"), join(project, "node_modules/@rmq")];
  await run(process.execPath, ["run", "--allow-all", "scripts/build_npm.ts", built], { cwd: root });
  await symlink(join(root, "node_modules"), join(built, "node_modules"));
  await mkdir(modules, { recursive: true });
  await symlink(built, join(modules, "nameserver"));
  await writeFile(join(project, "package.json"), `{ "type": "module" }`);
  return {
    built,
    /** What a program in the project prints. */
    node: async (source: string) => {
      await writeFile(join(project, "main.js"), source);
      return (await run("node", ["main.js"], { cwd: project })).stdout;
    },
    /** What the compiler says of a file in the project. */
    tsc: async (source: string) => {
      await writeFile(join(project, "main.ts"), source);
      const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--lib", "esnext,dom", "main.ts"];
      return await run(join(root, "node_modules/.bin/tsc"), options, { cwd: project }).then(() => "", ({ stdout }) => stdout as string);
    },
    [Symbol.asyncDispose]: () => rm(project, { recursive: true }),
  };
}

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

const TYPED = `
import { connect, type TopicRouteData } from "@rmq/nameserver";
const client = await connect("10.0.0.1:9876", { timeoutMs: 1000 });
const route: TopicRouteData = await client.queryTopicRouteInfo("orders");
const wrong: number = route.orderTopicConf;
export {};
`;

test("The built package runs in Node, is typed, brings the command line, and exports what deno.json does", async () => {
  await using project = await installed();
  assertEquals(await project.node(PROGRAM), `23 {"brokerAddrTable":{},"clusterAddrTable":{}}\n`);
  const errors = (await project.tsc(TYPED)).trim().split("\n");
  assertEquals(errors.filter((line) => line.startsWith("main.ts")).map((line) => line.split(":")[0]), ["main.ts(5,7)"]);
  const { stdout } = await run("node", [join(project.built, "namesrv.js"), "--help"]);
  assertStringIncludes(stdout, "Usage: namesrv");
  const [{ exports }, deno] = await Promise.all([join(project.built, "package.json"), join(root, "deno.json")].map(async (file) => {
    return JSON.parse(await readFile(file, "utf8"));
  }));
  assertEquals(Object.keys(exports), Object.keys(deno.exports));
}, { runtimes: ["deno"] });
