import { assertEquals, assertStringIncludes } from "@std/assert";
import { main } from "../../src/cli.ts";
import { createResponse } from "../../src/protocol.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";
import { freePort } from "../real/free_port.ts";
import { namesrv } from "./namesrv.ts";

test("main() --help tells commands, options, exit status and what Deno asks for", async () => {
  const { status, output, errors } = await namesrv("--help");
  assertEquals([status, errors], [0, ""]);
  for (const word of ["route <topic>", "cluster", "-n, --namesrv", "NAMESRV_ADDR", "--json", "--timeout", "Exit status", "--allow-net"]) {
    assertStringIncludes(output, word);
  }
  assertEquals(output.split("\n").filter((line) => line.length > 80), []);
});

test("main() route --help tells the command's argument and the options of all commands", async () => {
  const { status, output } = await namesrv("route", "--help");
  assertEquals(status, 0);
  for (const word of ["namesrv route", "<topic>", "-n, --namesrv", "--json"]) assertStringIncludes(output, word);
});

test("main() without a command shows its help as an error", async () => {
  const { status, output, errors } = await namesrv();
  assertEquals([status, output], [2, ""]);
  assertStringIncludes(errors, "Usage: namesrv");
});

test("main() answers misuse with 2, nothing on standard output and one line that names it", async () => {
  const misuse: readonly (readonly [line: string, ...args: string[]])[] = [
    ["namesrv: Unknown command 'rout', did you mean route?", "rout", "orders"],
    ["namesrv: Unknown option '--jsn', did you mean --json?", "route", "orders", "--jsn"],
    ["namesrv: Missing required argument 'topic' (see namesrv --help)", "route"],
    ["namesrv: Too many arguments for 'route'. Expected 1 argument but got 2 (see namesrv --help)", "route", "a", "b"],
    ["namesrv: Cannot use --timeout 0: it must be above 0 and at most 2147483647 ms (see namesrv --help)", "cluster", "--timeout", "0"],
    [
      'namesrv: Cannot parse address "a:1,b:2": separate addresses with ";", not "," (see namesrv --help)',
      "route",
      "orders",
      "-n",
      "a:1,b:2",
    ],
    ['namesrv: Cannot parse address "a:0": "0" is no port from 1 to 65535 (see namesrv --help)', "cluster", "-n", "a:0"],
  ];
  for (const [line, ...args] of misuse) assertEquals(await namesrv(...args), { status: 2, output: "", errors: `${line}\n` });
});

test("main() takes neither words for a timeout, nor an empty topic, nor an empty address", async () => {
  for (const args of [["cluster", "--timeout", "soon"], ["route", "", "-n", "a:1"], ["cluster", "-n", ""], ["cluster", "-n"]]) {
    const { status, output, errors } = await namesrv(...args);
    assertEquals([args, status, output, errors.split("\n").length], [args, 2, "", 2]);
  }
});

test("main() answers a dead server with 1 and one line that names it", async () => {
  const address = `127.0.0.1:${await freePort()}`;
  const { status, output, errors } = await namesrv("cluster", "-n", address);
  assertEquals([status, output, errors.split("\n").length], [1, "", 2]);
  assertStringIncludes(errors, `namesrv: Cannot connect to "${address}": `);
});

test("main() names every server where none answers", async () => {
  const addresses = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`] as const;
  const { status, errors } = await namesrv("cluster", "-n", addresses[0], "-n", addresses[1]);
  assertEquals([status, errors.split("\n").length], [1, 2]);
  for (const address of addresses) assertStringIncludes(errors, address);
});

test("main() gives up on a silent server after --timeout", async () => {
  await using server = new EmbeddedNameServer();
  server.setFaults({ silent: true });
  const { address } = await server.listen();
  const { status, errors } = await namesrv("cluster", "-n", address, "--timeout", "50");
  assertEquals([status, errors.split("\n").length], [1, 2]);
  assertStringIncludes(errors, address);
  assertStringIncludes(errors, "50 ms");
});

test("main() asks the next server where the first is dead, and says who answered", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  const { status, output } = await namesrv("-n", `127.0.0.1:${await freePort()};${address}`, "cluster");
  assertEquals([status, output], [0, `No broker is registered at ${address}\n`]);
});

test("main() asks its question once, and nothing else", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  await namesrv("cluster", "-n", address);
  assertEquals(server.received.map(({ code }) => code), [106]);
});

test("main() names the server of an answer that can't be read", async () => {
  await using server = new EmbeddedNameServer();
  server.setFaults({ answer: (request) => createResponse(request, { body: new TextEncoder().encode('{"brokerDatas":3}') }) });
  const { address } = await server.listen();
  const { status, errors } = await namesrv("route", "orders", "-n", address);
  assertEquals([status, errors.split("\n").length], [1, 2]);
  assertStringIncludes(errors, "/brokerDatas");
  assertStringIncludes(errors, address);
});

test("main() keeps a server's remark from steering the terminal", async () => {
  await using server = new EmbeddedNameServer();
  server.setFaults({ answer: (request) => createResponse(request, { code: 1, remark: "\x1b]0;owned\x07 \u202eevil" }) });
  const { address } = await server.listen();
  const { status, errors } = await namesrv("route", "orders", "-n", address);
  assertEquals([status, /[^\x20-\x7e\n]/.test(errors)], [1, false]);
  assertStringIncludes(errors, "\\u001b]0;owned\\u0007 \\u202eevil");
});

test("main() lets pass what io throws", async () => {
  const io = {
    write: () => {},
    writeError: () => {
      throw new Error("disk full");
    },
  };
  const outcome = await main(["rout"], io).catch((error: Error) => error.message);
  assertEquals(outcome, "disk full");
});
