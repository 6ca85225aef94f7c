import { assertEquals } from "@std/assert";
import { ClientEvents } from "../../src/client/client_events.ts";
import type { RemoteEvent } from "../../src/remote/events.ts";
import { test } from "../harness.ts";
import { ScriptedRemote, settle } from "./cache/scripted_remote.ts";

const stage = () => {
  const remote = new ScriptedRemote(() => Promise.reject(new TypeError("nothing is asked here")));
  return { remote, events: new ClientEvents(remote) };
};
const servers = (address: string): RemoteEvent => ({ type: "servers", addresses: [address] });
const warning = (topic: string): RemoteEvent => ({ type: "warning", about: "store", message: "", topic });

async function all(reader: AsyncIterable<RemoteEvent>): Promise<readonly RemoteEvent[]> {
  const read: RemoteEvent[] = [];
  for await (const event of reader) read.push(event);
  return read;
}

test("ClientEvents gives the remote's events and the client's own as one stream, to every reader", async () => {
  const { remote, events } = stage();
  const readers = [all(events.read()), all(events.read())];
  await settle();
  events.publish(warning("t"));
  remote.publish(servers("a:1"));
  await settle();
  events.publish(warning("u"));
  await remote.close();
  for (const reader of readers) assertEquals(await reader, [warning("t"), servers("a:1"), warning("u")]);
});

test("ClientEvents tells what the remote said last before it ends, and then ends at once", async () => {
  const { remote, events } = stage();
  const reader = events.read();
  for (const address of ["a:1", "b:1"]) remote.publish({ type: "disconnected", address });
  await remote.close();
  await events.close();
  assertEquals((await all(reader)).length, 2);
  assertEquals(await all(events.read()), []);
});

test("ClientEvents reads the remote's events only while somebody reads or listens here", async () => {
  const { remote, events } = stage();
  assertEquals(remote.isRead, false);
  const controller = new AbortController();
  const first = events.read(), second = events.read({ signal: controller.signal });
  assertEquals(remote.isRead, true);
  await first.return?.();
  assertEquals(remote.isRead, true);
  controller.abort();
  assertEquals([remote.isRead, await second.next()], [false, { done: true, value: undefined }]);
  const heard: string[] = [];
  events.listen((event) => heard.push(event.type));
  remote.publish(servers("a:1"));
  await settle();
  assertEquals([remote.isRead, heard], [true, ["servers"]]);
  await events.read().return?.();
  assertEquals(remote.isRead, true);
  await events.close();
  assertEquals(remote.isRead, false);
});

test("ClientEvents gives a slow reader all that happened, in the client and below it", async () => {
  const { remote, events } = stage();
  const reader = events.read();
  for (let i = 0; i < 100; i++) remote.publish(servers(`${i}`));
  for (const topic of ["t", "u", "t"]) events.publish(warning(topic));
  await settle();
  await remote.close();
  const below = Array.from({ length: 100 }, (_, i) => servers(`${i}`));
  assertEquals(await all(reader), [warning("t"), warning("u"), warning("t"), ...below]);
});

test("ClientEvents ends with the client even if its remote's events never do, or fail", async () => {
  for (const next of [() => new Promise<never>(() => {}), () => Promise.reject(new Error("no events"))]) {
    const { remote } = stage();
    const endless = Object.assign(Object.create(remote), { events: () => ({ next, return: next }) });
    const events = new ClientEvents(endless);
    const reader = events.read();
    await events.close();
    assertEquals(await all(reader), []);
  }
});
