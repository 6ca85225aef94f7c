import { assertEquals, assertRejects } from "@std/assert";
import { abortable } from "../../src/socket/abortable.ts";
import { test } from "../harness.ts";

const reason = new Error("aborted");

test("abortable() settles as the dial does while the signal is silent", async () => {
  const discarded: string[] = [];
  const { signal } = new AbortController();
  assertEquals(await abortable(Promise.resolve("socket"), signal, (late) => discarded.push(late)), "socket");
  const refused = Promise.reject<string>(new Error("refused"));
  await assertRejects(() => abortable(refused, signal, (late) => discarded.push(late)), Error, "refused");
  assertEquals(discarded, []);
});

test("abortable() rejects with the reason at once, and discards what opens later", async () => {
  const controller = new AbortController();
  const discarded: string[] = [];
  let open: (socket: string) => void;
  const opening = new Promise<string>((resolve) => open = resolve);
  const dial = abortable(opening, controller.signal, (late) => discarded.push(late));
  controller.abort(reason);
  assertEquals(await assertRejects(() => dial), reason);
  assertEquals(discarded, []);
  open!("socket");
  await opening;
  assertEquals(discarded, ["socket"]);
});

test("abortable() discards what opened in the very turn in which the signal fires", async () => {
  const controller = new AbortController();
  const discarded: string[] = [];
  const opening = Promise.resolve("socket");
  const dial = abortable(opening, controller.signal, (late) => discarded.push(late));
  controller.abort(reason);
  assertEquals(await assertRejects(() => dial), reason);
  await opening;
  assertEquals(discarded, ["socket"]);
});

test("abortable() gives or discards, never both, when the signal fires after the dial", async () => {
  const controller = new AbortController();
  const discarded: string[] = [];
  const dialled = await abortable(Promise.resolve("socket"), controller.signal, (late) => discarded.push(late));
  controller.abort(reason);
  await Promise.resolve();
  assertEquals([dialled, discarded], ["socket", []]);
});

test("abortable() rejects at once on a signal that has fired, and keeps a late failure quiet", async () => {
  const dial = abortable(Promise.reject(new Error("refused")), AbortSignal.abort(reason), () => {});
  assertEquals(await assertRejects(() => dial), reason);
});
