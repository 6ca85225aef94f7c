import { assertEquals, assertRejects } from "@std/assert";
import { NameServerConnectionError, NameServerTimeoutError } from "../../src/errors.ts";
import type { RemotingCommand } from "../../src/protocol/command.ts";
import { Fleet } from "../client/fleet.ts";
import { answerHeader, joined, rawFrame } from "../remote/raw_frame.ts";
import { RemoteBench, textOf, turn } from "../remote/remote_bench.ts";
import { succeed } from "../remote/scripted_peer.ts";
import { fault } from "./fault.ts";

/** An answer with a body of its own. */
function answerTo(opaque: number, body: string): Uint8Array {
  return rawFrame({ header: answerHeader(opaque), body: new TextEncoder().encode(body) });
}

fault(16, "a reset inside a frame fails what is in flight; reads go to the next server, writes don't", async () => {
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

fault(16, "every call in flight at a server that is reset is answered by the next", async () => {
  await using fleet = await Fleet.start(2);
  fleet.servers[0]!.setFaults({ resetAfterBytes: 10 });
  const answered = await Promise.all(Array.from({ length: 200 }, () => fleet.ask()));
  assertEquals([...new Set(answered)], [1]);
});

fault(17, "an end inside a frame does the same, and says how far it came", async () => {
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

fault(18, "an end while idle is silent, and the next call dials again", async () => {
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

fault(19, "an end that crosses a request repeats a read over a new connection, and fails a write", async () => {
  await using bench = new RemoteBench();
  const read = bench.read(), write = bench.write();
  const [, connection] = await bench.peer.request(0, 1);
  bench.peer.serve = succeed;
  connection.end();
  await assertRejects(() => write, NameServerConnectionError, 'Lost connection to "a:1": the server closed it');
  assertEquals([textOf(await read), bench.peer.dials.length], ["a:1", 2]);
  assertEquals(bench.peer.connections.all[1]?.requests.all.length, 1);
});

fault(19, "an end that comes before a byte of the request has left is not seen by reads and writes", async () => {
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

fault(19, "an end in the moment of a call never fails a read", async () => {
  for (let microtasks = 0; microtasks < 10; microtasks++) {
    await using bench = new RemoteBench({ serve: succeed });
    await bench.read();
    const connection = await bench.peer.connections.at(0);
    connection.end();
    for (let i = 0; i < microtasks; i++) await undefined;
    assertEquals(textOf(await bench.read()), "a:1");
  }
});

fault([18, 19], "callers do not notice connections that the server closes, idle or in the moment of a call", async () => {
  await using fleet = await Fleet.start(1);
  for (let round = 0; round < 20; round++) {
    fleet.servers[0]!.dropConnections();
    if (round % 2 === 0) await new Promise((resolve) => setTimeout(resolve, round / 4));
    assertEquals(await fleet.ask(), 0);
  }
});

fault(20, "an answer that comes one byte at a time is an answer", async () => {
  await using bench = new RemoteBench();
  const read = bench.read();
  const [request, connection] = await bench.peer.request(0, 0);
  for (const byte of answerTo(request.opaque, "bit by bit")) {
    connection.send(Uint8Array.of(byte));
    await turn();
  }
  assertEquals(textOf(await read), "bit by bit");
});

fault(20, "bytes that keep coming do not hold up the deadline", async () => {
  await using bench = new RemoteBench();
  const read = bench.read({ timeoutMs: 100 });
  const [, connection] = await bench.peer.request(0, 0);
  connection.send(rawFrame({ length: 1 << 20 }));
  const dribble = setInterval(() => connection.send(Uint8Array.of(0x20)), 5);
  await assertRejects(() => read, NameServerTimeoutError).finally(() => clearInterval(dribble));
});

fault(21, "answers that come in one chunk all arrive, each with its own body", async () => {
  await using bench = new RemoteBench();
  const reads = Array.from({ length: 50 }, () => bench.read());
  const [, connection] = await bench.peer.request(0, 49);
  const requests = connection.requests.all;
  connection.send(joined(...requests.map(({ opaque }) => answerTo(opaque, `body ${opaque}`))));
  const bodies = (await Promise.all(reads)).map(textOf);
  connection.send(new Uint8Array(0).slice()); // whatever the socket's buffer holds now, bodies are copies
  assertEquals(bodies, requests.map(({ opaque }) => `body ${opaque}`));
});

fault(22, "answers cut in two at any byte are the same answers", async () => {
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

fault(21, "bodies of answers outlive the socket's buffer", async () => {
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
