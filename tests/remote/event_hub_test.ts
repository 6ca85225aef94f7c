import { assertEquals } from "@std/assert";
import { EventHub } from "../../src/remote/event_hub.ts";
import { test } from "../harness.ts";

interface TestEvent {
  readonly type: "up" | "down";
  readonly address?: string;
  readonly n: number;
}

function up(n: number, address: string = "a:1"): TestEvent {
  return { type: "up", address, n };
}

async function readAll(events: AsyncIterable<TestEvent>): Promise<readonly TestEvent[]> {
  const all: TestEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

test("EventHub.publish() gives an event to every reader that waits", async () => {
  const hub = new EventHub<TestEvent>();
  const first = hub.read().next(), second = hub.read().next();
  hub.publish(up(1));
  assertEquals([await first, await second], [{ done: false, value: up(1) }, { done: false, value: up(1) }]);
  hub.close();
});

test("EventHub.read() gives nothing of what happened before", async () => {
  const hub = new EventHub<TestEvent>();
  hub.publish(up(1));
  const events = hub.read();
  hub.publish(up(2));
  hub.close();
  assertEquals(await readAll(events), [up(2)]);
});

test("EventHub gives a slow reader all that happened, in order", async () => {
  const hub = new EventHub<TestEvent>();
  const events = hub.read();
  for (let n = 0; n < 4; n++) hub.publish(up(n));
  hub.close();
  assertEquals(await readAll(events), [up(0), up(1), up(2), up(3)]);
});

test("EventHub keeps the latest 1,024 for a reader that never reads", async () => {
  const hub = new EventHub<TestEvent>();
  const events = hub.read();
  for (let n = 0; n < 100_000; n++) hub.publish(up(n));
  hub.close();
  const kept = await readAll(events);
  assertEquals([kept.length, kept[0], kept.at(-1)], [1024, up(100_000 - 1024), up(99_999)]);
});

test("EventHub gives each of several pending next() calls one event", async () => {
  const hub = new EventHub<TestEvent>();
  const events = hub.read();
  const pending = [events.next(), events.next(), events.next()];
  hub.publish(up(1));
  hub.publish(up(2));
  hub.close();
  assertEquals((await Promise.all(pending)).map(({ done, value }) => done || value.n), [1, 2, true]);
});

test("EventHub.close() ends readers, those that wait and those to come", async () => {
  const hub = new EventHub<TestEvent>();
  const waiting = readAll(hub.read());
  hub.close();
  hub.close();
  hub.publish(up(1));
  assertEquals([await waiting, await readAll(hub.read())], [[], []]);
});

test("EventHub ends a reader with its signal, and only this one", async () => {
  const hub = new EventHub<TestEvent>();
  const controller = new AbortController();
  const ended = readAll(hub.read({ signal: controller.signal }));
  const other = hub.read();
  controller.abort();
  assertEquals(await ended, []);
  hub.publish(up(1));
  assertEquals(await other.next(), { done: false, value: up(1) });
  hub.close();
});

test("EventHub.read() ends at once with a signal that has fired already", async () => {
  const hub = new EventHub<TestEvent>();
  assertEquals(await readAll(hub.read({ signal: AbortSignal.abort() })), []);
  hub.close();
});

test("EventHub ends a reader at break, which gets nothing any more", async () => {
  const hub = new EventHub<TestEvent>();
  const events = hub.read();
  hub.publish(up(1));
  for await (const event of events) {
    assertEquals(event, up(1));
    hub.publish(up(2));
    break;
  }
  hub.publish(up(3));
  assertEquals(await events.next(), { done: true, value: undefined });
  hub.close();
});

test("EventHub lets go of the signal when the reader has ended", async () => {
  const hub = new EventHub<TestEvent>();
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal), remove = signal.removeEventListener.bind(signal);
  Object.assign(signal, {
    addEventListener: (...args: Parameters<typeof add>) => (listeners++, add(...args)),
    removeEventListener: (...args: Parameters<typeof remove>) => (listeners--, remove(...args)),
  });
  const events = hub.read({ signal });
  assertEquals(listeners, 1);
  await events.return?.();
  assertEquals(listeners, 0);
  hub.close();
});
