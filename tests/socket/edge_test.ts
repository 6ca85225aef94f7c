import { assertEquals, assertRejects } from "@std/assert";
import { NameServerConnectionError } from "../../src/errors.ts";
import { edgeAdapter, type EdgeDial } from "../../src/socket/edge.ts";
import type { TlsOptions } from "../../src/socket/socket.ts";
import { test } from "../harness.ts";

const endpoint = { hostname: "ns.test", port: 9876 };
const { signal } = new AbortController();

interface FakeDial {
  readonly dial: EdgeDial;
  /** What the adapter asked for. */
  readonly calls: Parameters<EdgeDial>[];
  closed: boolean;
}

/** `connect` of `cloudflare:sockets`, as far as it matters here — @cloudflare/workers-types */
type CloudflareConnect = (
  address: string | { hostname: string; port: number },
  options?: { secureTransport?: string; allowHalfOpen: boolean; highWaterMark?: number | bigint },
) => ReturnType<EdgeDial>;

/** A platform whose connections open, or fail to. */
function fakeDial(opened: () => Promise<unknown>, chunks: readonly Uint8Array[] = []): FakeDial {
  const fake: FakeDial = {
    calls: [],
    closed: false,
    dial: (...call) => {
      fake.calls.push(call);
      const readable = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(chunk);
          controller.close();
        },
      });
      return {
        readable,
        writable: new WritableStream<Uint8Array>(),
        opened: opened(),
        close: () => Promise.resolve(void (fake.closed = true)),
      };
    },
  };
  return fake;
}

test("edgeAdapter() asks for TLS where it is wanted", async () => {
  const { dial, calls } = fakeDial(() => Promise.resolve());
  for (const tls of [undefined, {}, { serverName: "ns.test", caCerts: [] }]) {
    (await edgeAdapter(dial).connect(endpoint, { signal, ...(tls === undefined ? {} : { tls }) })).close();
  }
  assertEquals(calls.map(([address, options]) => [address, options?.secureTransport]), [[endpoint, "off"], [endpoint, "on"], [
    endpoint,
    "on",
  ]]);
});

test("edgeAdapter() takes a dial of Cloudflare's own type, and gives it the option that this type requires", async () => {
  const asked: unknown[] = [];
  const cloudflare: CloudflareConnect = (address, options) => {
    asked.push(address, options?.allowHalfOpen);
    return fakeDial(() => Promise.resolve()).dial({ hostname: "", port: 1 });
  };
  (await edgeAdapter(cloudflare).connect(endpoint, { signal })).close();
  assertEquals(asked, [endpoint, false]);
});

test("edgeAdapter() refuses TLS options that the platform cannot fulfil, before it dials", async () => {
  const { dial, calls } = fakeDial(() => Promise.resolve());
  const client = { cert: "", key: "" };
  for (const tls of [{ serverName: "other.test" }, { caCerts: ["PEM"] }, { client }] satisfies TlsOptions[]) {
    const name = Object.keys(tls)[0];
    const message = `Cannot dial "ns.test:9876": edge sockets take no TLS option "${name}"`;
    await assertRejects(() => edgeAdapter(dial).connect(endpoint, { signal, tls }), TypeError, message);
  }
  assertEquals(calls, []);
});

test("edgeAdapter() tells a failure of TLS from a failure to connect by the platform's words", async () => {
  const adapterOf = (words: string) => edgeAdapter(fakeDial(() => Promise.reject(new Error(words))).dial);
  const connect = (words: string, tls?: TlsOptions) => () => adapterOf(words).connect(endpoint, { signal, ...(tls && { tls }) });
  const failed = await assertRejects(connect("TLS Handshake Failed.", {}), NameServerConnectionError);
  assertEquals([failed.code, failed.address], ["NAMESRV_TLS", "ns.test:9876"]);
  for (const plain of [connect("proxy request failed, cannot connect to the specified address", {}), connect("TLS Handshake Failed.")]) {
    assertEquals(await assertRejects(plain) instanceof NameServerConnectionError, false);
  }
});

test("edgeAdapter() closes what it dialled when the dial fails or is aborted", async () => {
  const failing = fakeDial(() => Promise.reject(new Error("refused")));
  await assertRejects(() => edgeAdapter(failing.dial).connect(endpoint, { signal }), Error, "refused");
  const hanging = fakeDial(() => new Promise(() => {}));
  const controller = new AbortController();
  const dialling = edgeAdapter(hanging.dial).connect(endpoint, { signal: controller.signal });
  controller.abort(new Error("too late"));
  await assertRejects(() => dialling, Error, "too late");
  assertEquals([failing.closed, hanging.closed], [true, true]);
});

test("edgeAdapter() skips empty chunks", async () => {
  const { dial } = fakeDial(() => Promise.resolve(), [new Uint8Array(0), Uint8Array.of(1), new Uint8Array(0)]);
  const socket = await edgeAdapter(dial).connect(endpoint, { signal });
  assertEquals([await socket.read(), await socket.read(), await socket.read()], [Uint8Array.of(1), null, null]);
  socket.close();
});
