import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { NameServerClosedError, NameServerConnectionError } from "../../src/errors.ts";
import { RemoteBench, textOf, turn } from "../remote/remote_bench.ts";
import { type DialScript, hang, refuse, succeed } from "../remote/scripted_peer.ts";
import { fault } from "./fault.ts";

fault(12, "a hundred callers while connecting share one dial", async () => {
  const { gate, open } = newGate();
  await using bench = new RemoteBench({ dial: () => gate, serve: succeed });
  const calls = Array.from({ length: 100 }, () => bench.read());
  await turn();
  open();
  for (const answer of await Promise.all(calls)) assertEquals(textOf(answer), "a:1");
  assertEquals([bench.peer.dials.length, bench.peer.connections.all[0]?.writes], [1, 1]);
  assertEquals(bench.events.map((event) => event.type), ["connecting", "connected"]);
});

fault(12, "a hundred callers share one dial that is refused, and each gets its own error", async () => {
  await using bench = new RemoteBench({ dial: refuse });
  const errors = await Promise.all(Array.from({ length: 100 }, () => assertRejects(() => bench.read(), NameServerConnectionError)));
  assertEquals([new Set(errors).size, bench.peer.dials.length], [100, 1]);
});

fault(13, "the last caller who aborts while dialling ends the dial, and a socket that comes late is closed", async () => {
  const { gate, open } = newGate();
  await using bench = new RemoteBench({ dial: () => gate }); // an adapter that does not listen to its signal
  const controller = new AbortController();
  const call = bench.read({ signal: controller.signal });
  const reason = new Error("changed my mind");
  controller.abort(reason);
  assertStrictEquals(await assertRejects(() => call), reason);
  open();
  await (await bench.peer.connections.at(0)).closed;
});

fault(13, "a caller who aborts while others wait for the same dial leaves them to it", async () => {
  const { gate, open } = newGate();
  let aborted = false;
  const dial: DialScript = (_, signal) => {
    signal.addEventListener("abort", () => aborted = true);
    return gate;
  };
  await using bench = new RemoteBench({ dial, serve: succeed });
  const controller = new AbortController();
  const given = bench.read({ signal: controller.signal }), kept = bench.read();
  controller.abort();
  assertStrictEquals(await assertRejects(() => given), controller.signal.reason);
  assertEquals(aborted, false);
  open();
  assertEquals(textOf(await kept), "a:1");
  assertEquals(bench.peer.connections.all[0]?.requests.all.length, 1);
});

fault(14, "close() while dialling rejects the callers at once, and a socket that comes late is closed", async () => {
  const { gate, open } = newGate();
  await using bench = new RemoteBench({ dial: () => gate });
  const call = bench.read();
  const closed = bench.remote.close();
  const error = await assertRejects(() => call, NameServerClosedError);
  assertEquals([error.code, error.retryable, error.operation], ["NAMESRV_CLOSED", false, "listTopics"]);
  open();
  await closed;
  assertEquals(bench.peer.open.length, 0);
});

fault(14, "close() while dialling ends the dial", async () => {
  await using bench = new RemoteBench({ dial: hang });
  const call = bench.read();
  await bench.remote.close();
  await assertRejects(() => call, NameServerClosedError);
});

interface Gate {
  readonly gate: Promise<void>;
  open(): void;
}

function newGate(): Gate {
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => open = resolve);
  return { gate, open: () => open() };
}
