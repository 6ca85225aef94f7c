import { assert, assertEquals, assertRejects } from "@std/assert";
import { NameServerClosedError } from "../../src/errors.ts";
import { createRequest } from "../../src/protocol/command.ts";
import { createRemote } from "../../src/remote/create_remote.ts";
import type { RemoteEvent } from "../../src/remote/events.ts";
import { test } from "../harness.ts";
import { RemoteBench, textOf, turn } from "./remote_bench.ts";
import { hang, ScriptedPeer, succeed } from "./scripted_peer.ts";

test("close() of a remote that was never used ends at once", async () => {
  const peer = new ScriptedPeer();
  await createRemote("a:1", { adapter: peer }).close();
  assertEquals(peer.dials, []);
});

test("await using closes a remote", async () => {
  const peer = new ScriptedPeer({ serve: succeed });
  {
    await using remote = createRemote("a:1", { adapter: peer });
    assertEquals(textOf(await remote.request(createRequest(206))), "a:1");
    assertEquals(peer.open.length, 1);
  }
  assertEquals(peer.open.length, 0);
});

test("a closed remote refuses calls, with whatever options, and dials nobody", async () => {
  const bench = new RemoteBench({ serve: succeed });
  await bench[Symbol.asyncDispose]();
  for (const call of [() => bench.read(), () => bench.write({ address: "b:1" }), () => bench.remote.oneway(createRequest(206))]) {
    const error = await assertRejects(call, NameServerClosedError);
    assert(/^Cannot (list topics|put kv config): the client is closed$/.test(error.message), error.message);
  }
  assertEquals(bench.peer.dials, []);
});

test("close() ends event readers, behind what happened last", async () => {
  const bench = new RemoteBench({ serve: succeed });
  await bench.read();
  const types: RemoteEvent["type"][] = [];
  const reading = (async () => {
    for await (const event of bench.remote.events()) types.push(event.type);
  })();
  await bench[Symbol.asyncDispose]();
  await reading;
  assertEquals(types, ["disconnected"]);
  assertEquals(await bench.remote.events().next(), { done: true, value: undefined });
});

test("close() is no fault: the event that a connection ended carries no error", async () => {
  const bench = new RemoteBench({ serve: succeed });
  await bench.read();
  await bench[Symbol.asyncDispose]();
  assertEquals(bench.eventsOf("disconnected"), [{ type: "disconnected", address: "a:1" }]);
});

test("close() waits for a dial that is ending", async () => {
  let ended = false;
  const bench = new RemoteBench({
    dial: async (address, signal) => {
      await Promise.resolve(hang(address, signal)).catch(turn);
      ended = true;
      throw signal.reason;
    },
  });
  const rejected = assertRejects(() => bench.read(), NameServerClosedError);
  await bench.remote.close();
  await rejected;
  assertEquals(ended, true);
  await bench[Symbol.asyncDispose]();
});
