import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { type AddressSource, connect, NameServerUnavailableError } from "../../mod.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { runtime, test } from "../harness.ts";
import { closedAddress } from "./closed_address.ts";

/** Names a server over HTTP as long as `body` runs. */
async function withAddressServer(address: string, body: (url: string) => Promise<void>): Promise<void> {
  const http = createServer((_request, response) => response.end(`${address}\n`)).listen(0, "127.0.0.1");
  await once(http, "listening");
  try {
    await body(`http://127.0.0.1:${(http.address() as AddressInfo).port}/rocketmq/nsaddr`);
  } finally {
    const closed = once(http, "close");
    http.close();
    http.closeAllConnections();
    await closed;
  }
}

test("connect() takes a URL for the address server behind it", async () => {
  await using server = new EmbeddedNameServer();
  await withAddressServer(server.address, async (url) => {
    await using client = await connect(url, { adapter: server.adapter });
    assertEquals([client.addresses, await client.listTopics()], [[server.address], []]);
  });
});

test("connect() takes a URL in NAMESRV_ADDR for the address server behind it", async () => {
  await using server = new EmbeddedNameServer();
  await withAddressServer(server.address, async (url) => {
    process.env["NAMESRV_ADDR"] = url;
    try {
      await using client = await connect(undefined, { adapter: server.adapter });
      assertEquals(client.addresses, [server.address]);
    } finally {
      delete process.env["NAMESRV_ADDR"];
    }
  });
});

test("connect() takes a list of one URL for the address server behind it, and refuses a URL beside addresses", async () => {
  await using server = new EmbeddedNameServer();
  await withAddressServer(server.address, async (url) => {
    await using client = await connect([url], { adapter: server.adapter });
    assertEquals(client.addresses, [server.address]);
    await assertRejects(() => connect(["a:1", url]), TypeError, `Cannot use address server "${url}" beside other addresses: give it alone`);
  });
});

test("connect() names the address server that can't be reached", async () => {
  const url = `http://${await closedAddress()}/rocketmq/nsaddr`;
  await assertRejects(() => connect(url), NameServerUnavailableError, `Cannot connect: address source "${url}" failed: `);
});

test("connect() says what to give where a NameServer was taken for an address server", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  const error = await assertRejects(() => connect(`http://${address}`), NameServerUnavailableError);
  assertStringIncludes(error.message, ": is this a NameServer? Then give host:port, without http://");
});

test("connect() refuses user info in a URL", async () => {
  await assertRejects(() => connect("http://me:secret@h/x"), TypeError, "user info");
});

test(`connect() of the entry point of this runtime (${runtime}) takes an address source`, async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  const source: AddressSource = { name: "registry", resolve: () => Promise.resolve([address]) };
  const entry: { readonly connect: typeof connect } = runtime === "deno"
    ? await import("../../src/deno.ts")
    : runtime === "bun"
    ? await import("../../src/bun.ts")
    : await import("../../src/node.ts");
  await using client = await entry.connect(source);
  assertEquals([client.addresses, await client.listTopics()], [[address], []]);
});

test("connect() of the entry point for edge takes an address source", async () => {
  await using server = new EmbeddedNameServer();
  const source: AddressSource = { name: "registry", resolve: () => Promise.resolve([server.address]) };
  const entry = await import("../../src/edge.ts");
  await using client = await entry.connect(source, { adapter: server.adapter });
  assertEquals(client.addresses, [server.address]);
});
