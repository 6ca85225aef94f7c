import { assert, assertEquals, assertThrows } from "@std/assert";
import { NameServerProtocolError } from "../../src/errors.ts";
import { createRequest, type RemotingCommand } from "../../src/protocol/command.ts";
import { Outbox, type OutboxOwner } from "../../src/remote/outbox.ts";
import type { FrameOptions } from "../../src/remote/write_frame.ts";
import { test } from "../harness.ts";
import { ScriptedConnection } from "./scripted_connection.ts";

const OPTIONS: FrameOptions = { serialization: "json", maxFrameBytes: 16_777_216 };
/** Of bytes that wait behind a write: past them the outbox is full. */
const BACKLOG_BYTES = 1 << 20;

interface Bench {
  readonly peer: ScriptedConnection;
  readonly outbox: Outbox;
  /** What the owner heard: `"room"`, `"written 3"`, `"error …"`. */
  readonly heard: string[];
}

function bench(options: Partial<FrameOptions> = {}): Bench {
  const peer = new ScriptedConnection("a:1");
  const heard: string[] = [];
  const owner: OutboxOwner = {
    onRoom: () => heard.push("room"),
    onWritten: (sequence) => heard.push(`written ${sequence}`),
    onWriteError: (error) => heard.push(`error ${(error as Error).message}`),
  };
  return { peer, outbox: new Outbox(peer.socket, { ...OPTIONS, ...options }, owner), heard };
}

/** A request of about this many bytes. */
function request(bytes: number = 0): RemotingCommand {
  return createRequest(105, { body: new Uint8Array(bytes) });
}

/** Lets whatever can go on go on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

test("Outbox.append() lets the frames of one tick leave in one write, in their order", async () => {
  const { peer, outbox } = bench();
  const places = [1, 2, 3].map((opaque) => outbox.append(request(), opaque));
  assertEquals([places, peer.writes], [[1, 2, 3], 0]);
  await turn();
  assertEquals([peer.writes, peer.requests.all.map((command) => command.opaque)], [1, [1, 2, 3]]);
});

test("Outbox.append() during a write waits for its end, then leaves in one write", async () => {
  const { peer, outbox, heard } = bench();
  peer.stopReading();
  outbox.append(request(), 1);
  await turn();
  for (const opaque of [2, 3, 4]) {
    outbox.append(request(), opaque);
    await turn();
  }
  assertEquals([peer.writes, heard], [1, []]);
  peer.readOn();
  await peer.requests.at(3);
  assertEquals([peer.writes, peer.requests.all.map((command) => command.opaque)], [2, [1, 2, 3, 4]]);
  await turn();
  assertEquals(heard, ["written 1", "written 4"]);
});

test("Outbox does not touch bytes that the socket has not taken yet", async () => {
  const { peer, outbox } = bench();
  for (let round = 0; round < 50; round++) {
    peer.stopReading();
    outbox.append(createRequest(105, { extFields: { topic: `a${round}` } }), 2 * round + 1);
    await turn();
    outbox.append(createRequest(105, { extFields: { topic: `b${round}` } }), 2 * round + 2);
    peer.readOn();
    await peer.requests.at(2 * round + 1);
  }
  const topics = peer.requests.all.map((command) => command.extFields["topic"]);
  assertEquals(topics, Array.from({ length: 100 }, (_, i) => `${i % 2 ? "b" : "a"}${i >> 1}`));
});

test("Outbox.hasSent() is true from the moment the socket is given the frame", async () => {
  const { peer, outbox } = bench();
  peer.stopReading();
  const first = outbox.append(request(), 1);
  assertEquals(outbox.hasSent(first), false);
  await turn();
  const second = outbox.append(request(), 2);
  assertEquals([outbox.hasSent(first), outbox.hasSent(second), outbox.hasSent(0)], [true, false, false]);
  peer.readOn();
  await peer.requests.at(1);
  assertEquals(outbox.hasSent(second), true);
});

test("fault 59: Outbox is full when bytes pile up behind a write, and says so when there is room again", async () => {
  const { peer, outbox, heard } = bench();
  peer.stopReading();
  outbox.append(request(), 1);
  await turn();
  let opaque = 1;
  while (!outbox.full && opaque < 50) outbox.append(request(100_000), ++opaque);
  assert(opaque < 13, `${opaque} frames of 100 kB until it was full`);
  await turn();
  assertEquals([heard, outbox.full], [[], true]);
  peer.readOn();
  await peer.requests.at(opaque - 1);
  await turn();
  assertEquals([heard, outbox.full], [["written 1", "room", `written ${opaque}`], false]);
});

test("fault 59: Outbox is full after as many bytes in one tick, and has room when they are on their way", async () => {
  const { peer, outbox, heard } = bench();
  let opaque = 0;
  while (!outbox.full && opaque < 50) outbox.append(request(100_000), ++opaque);
  assert(opaque * 100_000 < 2 * BACKLOG_BYTES, `${opaque} frames of 100 kB in a tick`);
  peer.stopReading();
  await turn();
  assertEquals([heard, outbox.full], [["room"], false]);
  peer.readOn();
  await turn();
  assertEquals(heard, ["room", `written ${opaque}`]);
});

test("Outbox.append() refuses a frame past the limit, and sends those around it", async () => {
  const { peer, outbox } = bench({ maxFrameBytes: 1000 });
  outbox.append(request(), 1);
  const error = assertThrows(() => outbox.append(request(1000), 2), NameServerProtocolError);
  assertEquals([error.code, error.retryable], ["NAMESRV_FRAME_TOO_LARGE", false]);
  assert(/^Cannot send frame: its 1\d{3} bytes exceed the limit of 1000 bytes$/.test(error.message), error.message);
  assertEquals(outbox.append(request(), 3), 2);
  await turn();
  assertEquals(peer.requests.all.map((command) => command.opaque), [1, 3]);
});

test("Outbox.append() accepts a frame of exactly the limit", async () => {
  const { peer, outbox } = bench({ maxFrameBytes: 1000 });
  const overhead = 1000 - sizeOf(request(), 1000);
  outbox.append(request(overhead), 1);
  assertThrows(() => outbox.append(request(overhead + 1), 1), NameServerProtocolError);
  await turn();
  assertEquals(peer.receivedBytes, 1000);
});

test("Outbox.append() refuses what cannot be encoded, and sends those around it", async () => {
  const { peer, outbox } = bench({ serialization: "rocketmq" });
  outbox.append(request(), 1);
  assertThrows(() => outbox.append({ ...request(), code: 40_000 }, 2), RangeError);
  outbox.append(request(), 3);
  await turn();
  assertEquals(peer.requests.all.map((command) => command.opaque), [1, 3]);
});

test("fault 60: Outbox tells its owner when the socket refuses bytes, and writes no more", async () => {
  const { peer, outbox, heard } = bench();
  peer.refuseWrites(new Error("broken pipe"));
  outbox.append(request(), 1);
  await turn();
  outbox.append(request(), 2);
  await turn();
  assertEquals([heard, peer.writes], [["error broken pipe"], 1]);
});

/** Bytes of a frame, found by asking how many are too many. */
function sizeOf(command: RemotingCommand, limit: number): number {
  const { outbox } = bench({ maxFrameBytes: 8 });
  const { message } = assertThrows(() => outbox.append(command, 1), NameServerProtocolError);
  const size = Number(/its (\d+) bytes/.exec(message)?.[1]);
  assert(size < limit);
  return size;
}
