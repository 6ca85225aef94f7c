import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { NameServerConnectionError, NameServerError, NameServerTimeoutError } from "../../src/errors.ts";
import type { RemotingCommand } from "../../src/protocol/command.ts";
import { test } from "../harness.ts";
import { answerHeader, joined, rawFrame } from "./raw_frame.ts";
import { RemoteBench, textOf, turn } from "./remote_bench.ts";
import { succeed } from "./scripted_peer.ts";

/** An answer with a body of its own. */
function answerTo(opaque: number, body: string): Uint8Array {
  return rawFrame({ header: answerHeader(opaque), body: new TextEncoder().encode(body) });
}

test("fault 16: a reset inside a frame fails what is in flight; reads go to the next server, writes don't", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1" });
  const reads = [bench.read(), bench.read()];
  const write = bench.write();
  const [request, connection] = await bench.peer.request(0, 2);
  bench.peer.serve = succeed;
  connection.send(answerTo(request.opaque, "never whole").subarray(0, 20));
  connection.reset();
  const error = await assertRejects(() => write, NameServerConnectionError);
  assertEquals([error.code, error.address, error.operation], ["NAMESRV_CONNECTION_LOST", "a:1", "putKvConfig"]);
  assertEquals(error.message, 'Lost connection to "a:1": read ECONNRESET');
  for (const read of reads) assertEquals(textOf(await read), "b:1");
  assertEquals(bench.eventsOf("disconnected").map((event) => event.error?.code), ["NAMESRV_CONNECTION_LOST"]);
});

test("fault 17: an end inside a frame does the same, and says how far it came", async () => {
  const size = answerTo(2, "never whole").length;
  for (const [bytes, told] of [[2, "2 of an unknown number of"], [20, `20 of ${size}`], [size - 1, `${size - 1} of ${size}`]] as const) {
    await using bench = new RemoteBench({ addresses: "a:1;b:1" });
    const read = bench.read(), write = bench.write();
    const [request, connection] = await bench.peer.request(0, 1);
    bench.peer.serve = succeed;
    connection.send(answerTo(request.opaque, "never whole").subarray(0, bytes));
    connection.end();
    const { message } = await assertRejects(() => write, NameServerConnectionError);
    assertEquals(message, `Lost connection to "a:1": the server closed it inside a frame, after ${told} bytes`);
    assertEquals(textOf(await read), "b:1");
  }
});

test("fault 18: an end while idle is silent, and the next call dials again", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  assertEquals(textOf(await bench.write()), "a:1");
  bench.peer.connections.all[0]!.end();
  await bench.peer.connections.all[0]!.closed;
  assertEquals(textOf(await bench.write()), "a:1");
  assertEquals(bench.peer.dials.length, 2);
  assertEquals(bench.events.filter(({ type }) => type !== "connected" && type !== "connecting"), [{
    type: "disconnected",
    address: "a:1",
  }]);
});

test("fault 19: an end that crosses a request repeats a read over a new connection, and fails a write", async () => {
  await using bench = new RemoteBench();
  const read = bench.read(), write = bench.write();
  const [, connection] = await bench.peer.request(0, 1);
  bench.peer.serve = succeed;
  connection.end();
  await assertRejects(() => write, NameServerConnectionError, 'Lost connection to "a:1": the server closed it');
  assertEquals([textOf(await read), bench.peer.dials.length], ["a:1", 2]);
  assertEquals(bench.peer.connections.all[1]?.requests.all.length, 1);
});

test("fault 19: an end that comes before a byte of the request has left is not seen by reads and writes", async () => {
  for (const method of ["read", "write"] as const) {
    await using bench = new RemoteBench({ serve: succeed, options: { retries: 0 } });
    await bench[method]();
    const connection = await bench.peer.connections.at(0);
    const call = new Promise<RemotingCommand>((resolve, reject) => {
      connection.onRead = () => bench[method]().then(resolve, reject);
    });
    connection.end();
    assertEquals(textOf(await call), "a:1");
    assertEquals([connection.requests.all.length, bench.peer.dials.length], [1, 2]);
  }
});

test("fault 19: an end in the moment of a call never fails a read", async () => {
  for (let microtasks = 0; microtasks < 10; microtasks++) {
    await using bench = new RemoteBench({ serve: succeed });
    await bench.read();
    const connection = await bench.peer.connections.at(0);
    connection.end();
    for (let i = 0; i < microtasks; i++) await undefined;
    assertEquals(textOf(await bench.read()), "a:1");
  }
});

test("fault 20: an answer that comes one byte at a time is an answer", async () => {
  await using bench = new RemoteBench();
  const read = bench.read();
  const [request, connection] = await bench.peer.request(0, 0);
  for (const byte of answerTo(request.opaque, "bit by bit")) {
    connection.send(Uint8Array.of(byte));
    await turn();
  }
  assertEquals(textOf(await read), "bit by bit");
});

test("fault 20: bytes that keep coming do not hold up the deadline", async () => {
  await using bench = new RemoteBench();
  const read = bench.read({ timeoutMs: 100 });
  const [, connection] = await bench.peer.request(0, 0);
  connection.send(rawFrame({ length: 1 << 20 }));
  const dribble = setInterval(() => connection.send(Uint8Array.of(0x20)), 5);
  await assertRejects(() => read, NameServerTimeoutError).finally(() => clearInterval(dribble));
});

test("fault 21: answers that come in one chunk all arrive, each with its own body", async () => {
  await using bench = new RemoteBench();
  const reads = Array.from({ length: 50 }, () => bench.read());
  const [, connection] = await bench.peer.request(0, 49);
  const requests = connection.requests.all;
  connection.send(joined(...requests.map(({ opaque }) => answerTo(opaque, `body ${opaque}`))));
  const bodies = (await Promise.all(reads)).map(textOf);
  connection.send(new Uint8Array(0).slice()); // whatever the socket's buffer holds now, bodies are copies
  assertEquals(bodies, requests.map(({ opaque }) => `body ${opaque}`));
});

test("fault 22: answers cut in two at any byte are the same answers", async () => {
  await using bench = new RemoteBench();
  const length = answerTo(1, "x").length * 2;
  for (let cut = 1; cut < length; cut++) {
    const reads = [bench.read(), bench.read()];
    const [second, connection] = await bench.peer.request(0, 2 * cut - 1);
    const first = connection.requests.all.at(-2)!;
    const both = joined(answerTo(first.opaque, "x"), answerTo(second.opaque, "y"));
    connection.send(both.subarray(0, cut));
    await turn();
    connection.send(both.subarray(cut));
    assertEquals((await Promise.all(reads)).map(textOf), ["x", "y"], `cut at ${cut}`);
  }
});

test("bodies of answers outlive the socket's buffer", async () => {
  await using bench = new RemoteBench();
  const kept: string[] = [];
  const answers = [];
  for (const size of [0, 1, 100, 4095, 4096, 4097, 70_000, 5]) {
    const read = bench.read();
    const [request, connection] = await bench.peer.request(0, answers.length);
    kept.push(`${request.opaque % 10}`.repeat(size));
    connection.send(answerTo(request.opaque, kept.at(-1)!));
    answers.push(await read);
  }
  assertEquals(answers.map(textOf), kept);
});

test("fault 26: a frame of exactly the limit, length word 0x00FFFFFC, is accepted", async () => {
  await using bench = new RemoteBench();
  const read = bench.read();
  const [request, connection] = await bench.peer.request(0, 0);
  const header = answerHeader(request.opaque);
  const frame = rawFrame({ header, body: new Uint8Array(16_777_216 - 8 - header.length).fill(0x61) });
  assertEquals(new DataView(frame.buffer).getUint32(0), 0x00fffffc);
  for (let at = 0; at < frame.length; at += 1 << 20) connection.send(frame.subarray(at, at + (1 << 20)));
  const { body } = await read;
  assert(body.length === 16_777_216 - 8 - header.length && body.every((byte) => byte === 0x61));
});

/** What comes in place of an answer, with what the error says of it. */
const MALFORMED: readonly (readonly [fault: string, bytes: Uint8Array, code: string, says: string])[] = [
  ...[0, 1, 2, 3].map((length) =>
    [
      "fault 23",
      rawFrame({ length }),
      "NAMESRV_MALFORMED_FRAME",
      `Cannot decode frame from "a:1": length ${length} is below the 4 bytes of a header word`,
    ] as const
  ),
  ["fault 24", rawFrame({ length: -1 }), "NAMESRV_MALFORMED_FRAME", "length -1 is below"],
  ["fault 24", rawFrame({ length: -(2 ** 31) }), "NAMESRV_MALFORMED_FRAME", "length -2147483648 is below"],
  ["fault 25", Uint8Array.of(0x00, 0xff, 0xff, 0xfd), "NAMESRV_FRAME_TOO_LARGE", "exceeds the limit of 16777216 bytes"],
  ["fault 25", Uint8Array.of(0x7f, 0xff, 0xff, 0xff), "NAMESRV_FRAME_TOO_LARGE", "length 2147483647 with its own 4 bytes exceeds"],
  ["fault 27", rawFrame({ header: "{}", headerLength: 3 }), "NAMESRV_MALFORMED_FRAME", "header length 3 exceeds frame length 6"],
  ["fault 28", rawFrame({ header: "{}", type: 2 }), "NAMESRV_MALFORMED_FRAME", "header type 2 is neither 0 (JSON) nor 1 (binary)"],
  ["fault 28", rawFrame({ header: "{}", type: 255 }), "NAMESRV_MALFORMED_FRAME", "header type 255 is neither"],
  ["fault 29", rawFrame({ header: "code=0" }), "NAMESRV_MALFORMED_FRAME", "its JSON header cannot be read"],
  ["fault 29", rawFrame({ header: '{"code":0' }), "NAMESRV_MALFORMED_FRAME", "its JSON header cannot be read"],
  ["fault 29", rawFrame({ header: "\u0000\u0000", type: 1 }), "NAMESRV_MALFORMED_FRAME", "header"],
  ["fault 30", rawFrame({ header: "null" }), "NAMESRV_MALFORMED_FRAME", "its JSON header cannot be read"],
  ["fault 30", rawFrame({ header: "[]" }), "NAMESRV_MALFORMED_FRAME", "its JSON header cannot be read"],
  ["fault 30", rawFrame({ header: "" }), "NAMESRV_MALFORMED_FRAME", "its JSON header cannot be read"],
  ["fault 31", rawFrame({ header: `{"x":${"[".repeat(1_000_000)}` }), "NAMESRV_MALFORMED_FRAME", "its JSON header cannot be read"],
  ["fault 31", rawFrame({ header: '{"x":'.repeat(100_000) }), "NAMESRV_MALFORMED_FRAME", "its JSON header cannot be read"],
];

for (const [index, [fault, bytes, code, says]] of MALFORMED.entries()) {
  test(`${fault}: garbage ${index} ends the connection, names the server, and is not asked for twice`, async () => {
    await using bench = new RemoteBench();
    const calls = [bench.read(), bench.write()];
    const [, connection] = await bench.peer.request(0, 1);
    connection.send(bytes);
    for (const call of calls) {
      const error = await assertRejects(() => call, NameServerError);
      assertEquals([error.code, error.address, error.retryable], [code, "a:1", false]);
      assertStringIncludes(error.message, 'from "a:1": ');
      assertStringIncludes(error.message, says);
    }
    assertEquals([connection.isClosed, bench.peer.dials.length], [true, 1]);
    bench.peer.serve = succeed;
    assertEquals(textOf(await bench.read()), "a:1");
  });
}

test("faults 23–31: garbage from one server sends reads to the next", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1" });
  const read = bench.read();
  const [, connection] = await bench.peer.request(0, 0);
  bench.peer.serve = succeed;
  connection.send(rawFrame({ length: 0 }));
  assertEquals(textOf(await read), "b:1");
});
