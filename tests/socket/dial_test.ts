import { assertEquals, assertRejects } from "@std/assert";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import type { SocketAdapter } from "../../src/socket/socket.ts";
import { runtime, test } from "../harness.ts";
import { adaptersHere } from "./adapters_here.ts";
import { withBlackHole } from "./black_hole.ts";

const adapters = await adaptersHere();
const interfaces = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
  (addresses ?? []).map((address) => ({ name, ...address }))
);
const linkLocal = interfaces.find(({ address }) => address.startsWith("fe80:"));
const noIpv6 = interfaces.some(({ address }) => address === "::1") ? undefined : "this machine has no ::1";

function noZones(adapter: SocketAdapter): string | undefined {
  if (runtime === "deno" && adapter.name === "node") return "node:net of Deno 2.9 takes no zone id; denoAdapter does";
  return linkLocal === undefined ? "this machine has no link-local address" : undefined;
}

/** Serves one connection at an address, which the adapter reaches under a name. */
async function assertDials(adapter: SocketAdapter, hostname: string, listenOn: string): Promise<void> {
  const server = createServer((stream) => stream.on("error", () => {}).end("hello"));
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, listenOn, resolve));
  try {
    const { port } = server.address() as { readonly port: number };
    const socket = await adapter.connect({ hostname, port }, { signal: new AbortController().signal });
    assertEquals(new TextDecoder().decode((await socket.read())!), "hello");
    socket.close();
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

for (const adapter of adapters) {
  const name = `${adapter.name}Adapter: connect()`;

  test(`${name} dials an IPv6 address without brackets`, () => assertDials(adapter, "::1", "::1"), { skip: noIpv6 });

  test(`${name} dials a name whose IPv6 address refuses and whose IPv4 address accepts`, () =>
    assertDials(adapter, "localhost", "127.0.0.1"));

  test(`${name} dials an IPv6 address with a zone id`, async () => {
    const address = `${linkLocal!.address.replace(/%.*/, "")}%${linkLocal!.name}`;
    await assertDials(adapter, address, "::");
  }, { skip: noZones(adapter) });

  test(`${name} rejects a name that does not resolve`, async () => {
    const dial = adapter.connect({ hostname: "no-such-host.invalid", port: 9876 }, { signal: new AbortController().signal });
    assertEquals(await assertRejects(() => dial) instanceof Error, true);
  });

  test(`${name} ends with its signal where nothing answers the dial`, async () => {
    await withBlackHole(async (endpoint) => {
      const controller = new AbortController();
      const reason = new Error("too late");
      setTimeout(() => controller.abort(reason), 50);
      assertEquals(await assertRejects(() => adapter.connect(endpoint, { signal: controller.signal })) === reason, true);
    });
  });
}
