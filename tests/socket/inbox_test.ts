import { assertEquals, assertRejects } from "@std/assert";
import { Inbox } from "../../src/socket/inbox.ts";
import { test } from "../harness.ts";

const chunk = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);

test("Inbox.read() gives chunks in the order they came, and counts those that wait", async () => {
  const inbox = new Inbox();
  inbox.push(chunk(1, 2));
  inbox.push(chunk(3));
  assertEquals(inbox.bufferedBytes, 3);
  assertEquals(await inbox.read(), chunk(1, 2));
  assertEquals(inbox.bufferedBytes, 1);
  assertEquals(await inbox.read(), chunk(3));
  assertEquals(inbox.bufferedBytes, 0);
});

test("Inbox.push() gives a chunk to the reader that waits, and does not keep it", async () => {
  const inbox = new Inbox();
  const read = inbox.read();
  inbox.push(chunk(1));
  assertEquals(inbox.bufferedBytes, 0);
  inbox.push(chunk(2));
  assertEquals(await read, chunk(1));
  assertEquals(await inbox.read(), chunk(2));
});

test("Inbox.isAwaited is true while a reader waits, and only then", () => {
  const inbox = new Inbox();
  const seen = [inbox.isAwaited];
  void inbox.read();
  seen.push(inbox.isAwaited);
  inbox.push(chunk(1));
  seen.push(inbox.isAwaited);
  assertEquals(seen, [false, true, false]);
});

test("Inbox.read() rejects while another read waits, which is not disturbed", async () => {
  const inbox = new Inbox();
  const read = inbox.read();
  await assertRejects(() => inbox.read(), TypeError, "Cannot read socket: another read is pending");
  inbox.push(chunk(1));
  assertEquals(await read, chunk(1));
});

test("Inbox.end() lets what is there be read, then gives null for good", async () => {
  const inbox = new Inbox();
  inbox.push(chunk(1));
  inbox.end();
  inbox.push(chunk(2));
  assertEquals([await inbox.read(), await inbox.read(), await inbox.read()], [chunk(1), null, null]);
});

test("Inbox.end() with a failure lets what is there be read, then tells the failure once", async () => {
  const inbox = new Inbox();
  const error = new Error("reset");
  inbox.push(chunk(1));
  inbox.end({ error });
  inbox.end();
  assertEquals(await inbox.read(), chunk(1));
  assertEquals(await assertRejects(() => inbox.read()), error);
  assertEquals(await inbox.read(), null);
});

test("Inbox.end() wakes the reader that waits, and tells a failure to it alone", async () => {
  const [ended, failed] = [new Inbox(), new Inbox()];
  const reads = [ended.read(), failed.read()] as const;
  ended.end();
  failed.end({ error: new Error("reset") });
  assertEquals(await reads[0], null);
  await assertRejects(() => reads[1], Error, "reset");
  assertEquals([await ended.read(), await failed.read()], [null, null]);
});

test("Inbox.close() drops chunks and failure, and wakes the reader that waits", async () => {
  const [full, waiting] = [new Inbox(), new Inbox()];
  full.push(chunk(1));
  full.end({ error: new Error("reset") });
  full.close();
  assertEquals([full.bufferedBytes, await full.read()], [0, null]);
  const read = waiting.read();
  waiting.close();
  assertEquals([await read, await waiting.read()], [null, null]);
});
