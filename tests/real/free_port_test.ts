import { assertEquals } from "@std/assert";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "../harness.ts";
import { freePort, isFree } from "./free_port.ts";

test("freePort() gives a port that nobody listens at, nor at its neighbours", async () => {
  const port = await freePort([-2, 1]);
  assertEquals(await Promise.all([port - 2, port, port + 1].map(isFree)), [true, true, true]);
});

test("isFree() is false while a server listens", async () => {
  const port = await freePort();
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  assertEquals(await isFree(port), false);
  const closed = once(server, "close");
  server.close();
  await closed;
  assertEquals(await isFree(port), true);
});
