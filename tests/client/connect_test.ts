import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import {
  AsyncNameServerClient,
  connect,
  createRemote,
  NameServerClosedError,
  NameServerConnectionError,
  NameServerTimeoutError,
  NameServerUnavailableError,
} from "../../mod.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";
import { byAddress, type DialScript, hang, refuse, ScriptedPeer } from "../remote/scripted_peer.ts";
import { closedAddress } from "./closed_address.ts";

const accept: DialScript = () => {};

test("connect() has a connection when it resolves, and has asked nothing", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  await using client = await connect(address);
  assertEquals([client.addresses, client.closed, server.received], [[address], false, []]);
});

test("connect() gives addresses in their normal form", async () => {
  const peer = new ScriptedPeer();
  await using client = await connect(" ns1 ; [::1];ns1:9876", { adapter: peer });
  assertEquals([client.addresses, peer.dials], [["ns1:9876", "[::1]:9876"], ["ns1:9876"]]);
});

test("connect() starts when any server accepts", async () => {
  const peer = new ScriptedPeer({ dial: byAddress({ "c:1": accept }, refuse) });
  await using client = await connect("a:1;b:1;c:1;d:1", { adapter: peer });
  assertEquals([peer.dials, client.addresses.length], [["a:1", "b:1", "c:1"], 4]);
});

test("connect() passes over a server that does not answer its dial", async () => {
  const peer = new ScriptedPeer({ dial: byAddress({ "a:1": hang }, accept) });
  await using client = await connect("a:1;b:1", { adapter: peer, timeoutMs: 200 });
  assertEquals([peer.dials, client.addresses], [["a:1", "b:1"], ["a:1", "b:1"]]);
});

test("connect() and clients refuse options of the wrong kind by name, before any I/O", async () => {
  const peer = new ScriptedPeer();
  const wrong: readonly (readonly [options: unknown, message: string])[] = [
    [null, "options: they must be an object, not null"],
    [19876, `options: they must be an object, not number; a port stands behind its host, "host:port"`],
    [{ adapter: peer, timeoutMs: "100" }, "timeoutMs: it must be a number, not string"],
    [{ adapter: peer, tls: { ca: "PEM" } }, "tls.ca: there is no such option; it is caCerts"],
    [{ adapter: peer, routes: 5 }, "options: they must be an object, not number"],
    [{ adapter: peer, routes: { ttlMs: "5" } }, "ttlMs: it must be a number, not string"],
    [{ adapter: peer, routes: { mapAddress: "x" } }, "mapAddress: it must be a function, not string"],
    [{ adapter: peer, routes: { store: {} } }, "store: it must be an object with getItem() and setItem()"],
  ];
  for (const [options, message] of wrong) {
    await assertRejects(() => connect("127.0.0.1:9876", options as never), TypeError, `Cannot use ${message}`);
  }
  await using remote = createRemote("a:1", { adapter: peer });
  assertThrows(() => new AsyncNameServerClient(remote, 5 as never), TypeError, "Cannot use options: they must be an object");
  await using client = await connect("a:1", { adapter: peer });
  await assertRejects(
    () => client.listTopics({ timeoutMs: "100" as never }),
    TypeError,
    "Cannot use timeoutMs: it must be a number, not string",
  );
  assertEquals(peer.dials, ["a:1"]);
});

test("connect() to one address that refuses has one error, and its message", async () => {
  const address = await closedAddress();
  const error = await assertRejects(() => connect(address), NameServerUnavailableError);
  const { code, operation, retryable, errors, message } = error;
  assertEquals({ code, operation, retryable }, { code: "NAMESRV_UNAVAILABLE", operation: "connect", retryable: true });
  assertEquals(errors.map((one) => [one.name, one.code, one.address]), [["NameServerConnectionError", "NAMESRV_CONNECT", address]]);
  assertEquals(message, errors[0]?.message);
  assert(/^Cannot connect to "127\.0\.0\.1:\d+": .*(refused|REFUSED)/.test(message), message);
});

test("connect() to several addresses that refuse has one error an address, in order", async () => {
  const addresses = [await closedAddress(), await closedAddress(), await closedAddress()];
  const error = await assertRejects(() => connect(addresses), NameServerUnavailableError);
  assertEquals(error.errors.map((one) => one.address), addresses);
  assert(error.message.startsWith(`Cannot connect in 3 attempts: "${addresses[0]}": `), error.message);
  for (const address of addresses) assert(error.message.includes(`"${address}": `), error.message);
});

test("connect() to servers that hang ends by the deadline, with one error an address", async () => {
  const peer = new ScriptedPeer({ dial: hang });
  const error = await assertRejects(() => connect("a:1;b:1", { adapter: peer, timeoutMs: 200 }), NameServerUnavailableError);
  assertEquals(error.errors.map((one) => [one.name, one.address]), [["NameServerTimeoutError", "a:1"], ["NameServerTimeoutError", "b:1"]]);
  assert(/^Cannot connect to "a:1": not connected within \d+ ms$/.test(error.errors[0]?.message ?? ""), error.errors[0]?.message);
});

test("connect() waits for one dial no longer than connectTimeoutMs", async () => {
  const peer = new ScriptedPeer({ dial: hang });
  const error = await assertRejects(() => connect("a:1", { adapter: peer, connectTimeoutMs: 40 }), NameServerUnavailableError);
  assertEquals(error.errors[0]?.code, "NAMESRV_CONNECT_TIMEOUT");
  assertEquals(error.message, 'Cannot connect to "a:1": no answer within 40 ms');
});

test("connect() that fails leaves no socket open", async () => {
  const late = new Promise<void>((resolve) => setTimeout(resolve, 200));
  const peer = new ScriptedPeer({ dial: byAddress({ "a:1": () => late }, refuse) }); // does not listen to its signal
  const failed = assertRejects(() => connect("a:1;b:1", { adapter: peer, timeoutMs: 100 }), NameServerUnavailableError);
  await failed;
  assertEquals([peer.connections.all.length, peer.open], [1, []]);
});

test("connect() rejects with the reason of a signal that has fired already, and dials nobody", async () => {
  const peer = new ScriptedPeer();
  const reason = new Error("not today");
  const error = await assertRejects(() => connect("a:1", { adapter: peer, signal: AbortSignal.abort(reason) }));
  assertStrictEquals(error, reason);
  assertEquals(peer.dials, []);
});

test("connect() rejects with the signal's reason while it dials, and leaves nothing open", async () => {
  const peer = new ScriptedPeer({ dial: hang });
  const controller = new AbortController();
  const reason = new Error("not today");
  const failed = assertRejects(() => connect("a:1;b:1", { adapter: peer, signal: controller.signal }));
  setTimeout(() => controller.abort(reason), 20);
  assertStrictEquals(await failed, reason);
  assertEquals([peer.dials, peer.open], [["a:1"], []]);
});

test("connect()'s signal is for the dial only", async () => {
  await using server = new EmbeddedNameServer();
  const controller = new AbortController();
  await using client = await connect(server.address, { adapter: server.adapter, signal: controller.signal });
  controller.abort();
  assertEquals(Object.keys((await client.getBrokerClusterInfo()).brokerAddrTable), []);
});

test("connect() refuses addresses and options that are wrong, before any I/O", async () => {
  const adapter = new ScriptedPeer();
  await assertRejects(
    () => connect("ns1:9876,ns2:9876", { adapter }),
    TypeError,
    'Cannot parse address "ns1:9876,ns2:9876": separate addresses with ";"',
  );
  await assertRejects(() => connect(" ; ", { adapter }), TypeError, "there is none among them");
  await assertRejects(() => connect("a:1", { adapter, retries: -1 }), RangeError, "Cannot use retries -1");
  assertEquals(adapter.dials, []);
});

test("connect() passes its options on to the calls", async () => {
  await using server = new EmbeddedNameServer();
  await using client = await connect(server.address, { adapter: server.adapter, timeoutMs: 50, serialization: "rocketmq" });
  server.setFaults({ silent: true });
  await assertRejects(() => client.getBrokerClusterInfo(), NameServerTimeoutError, "no answer within 50 ms");
});

test("a client that connect() gave closes what it opened", async () => {
  const peer = new ScriptedPeer();
  {
    await using client = await connect("a:1", { adapter: peer });
    assertEquals([peer.open.length, client.closed], [1, false]);
  }
  assertEquals(peer.open, []);
});

test("a server that is not there any more is a connection error of the call", async () => {
  const address = await closedAddress();
  await using server = new EmbeddedNameServer();
  await using client = await connect((await server.listen()).address);
  const error = await assertRejects(() => client.getBrokerClusterInfo({ address }), NameServerConnectionError);
  assertEquals([error.code, error.address, error.operation], ["NAMESRV_CONNECT", address, "getBrokerClusterInfo"]);
  await client.close();
  await assertRejects(() => client.getBrokerClusterInfo(), NameServerClosedError);
});
