import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { NameServerProtocolError } from "../../src/errors.ts";
import { FrameDecoder } from "../../src/protocol/frame.ts";
import { allocations } from "../protocol/allocations.ts";
import { answerHeader, type RawFrame, rawFrame } from "../remote/raw_frame.ts";
import { RemoteBench, textOf } from "../remote/remote_bench.ts";
import { succeed } from "../remote/scripted_peer.ts";
import { fault } from "./fault.ts";

fault(26, "a frame of exactly the limit, length word 0x00FFFFFC, is accepted", async () => {
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

/** Bytes come in place of an answer: all calls of the connection fail with this, it is closed, and the server is not asked again by itself. */
async function assertBroken(bytes: Uint8Array, code: string, says: string): Promise<void> {
  await using bench = new RemoteBench();
  const calls = [bench.read(), bench.write()];
  const [, connection] = await bench.peer.request(0, 1);
  connection.send(bytes);
  const operations: (string | undefined)[] = [];
  for (const call of calls) {
    const error = await assertRejects(() => call, NameServerProtocolError);
    assertEquals([error.code, error.address, error.retryable], [code, "a:1", false]);
    assertStringIncludes(error.message, 'from "a:1": ');
    assertStringIncludes(error.message, says);
    operations.push(error.operation);
  }
  assertEquals([operations, connection.isClosed, bench.peer.dials.length], [["listTopics", "putKvConfig"], true, 1]);
  assertEquals(bench.eventsOf("disconnected").map((event) => event.error?.code), [code]);
  bench.peer.serve = succeed;
  assertEquals(textOf(await bench.read()), "a:1");
}

/** The same for a header that cannot be read. */
async function assertMalformed(header: RawFrame, says = "its JSON header cannot be read"): Promise<void> {
  await assertBroken(rawFrame(header), "NAMESRV_MALFORMED_FRAME", says);
}

fault(23, "a length word from 0 to 3 has no room for a header word", async () => {
  for (const length of [0, 1, 2, 3]) await assertMalformed({ length }, `length ${length} is below the 4 bytes of a header word`);
});

fault(24, "a negative length is told as such", async () => {
  for (const length of [-1, -(2 ** 31)]) await assertMalformed({ length }, `length ${length} is below the 4 bytes of a header word`);
});

fault(25, "a length past the limit is refused by its length word alone", async () => {
  for (
    const [word, says] of [[0x00fffffd, "exceeds the limit of 16777216 bytes"], [
      0x7fffffff,
      "length 2147483647 with its own 4 bytes exceeds",
    ]] as const
  ) {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setInt32(0, word);
    await assertBroken(bytes, "NAMESRV_FRAME_TOO_LARGE", says);
  }
});

fault(25, "nothing is allocated for a length past the limit", () => {
  const decoder = new FrameDecoder();
  const sizes = allocations(() => assertThrows(() => decoder.push(Uint8Array.of(0x00, 0xff, 0xff, 0xfd, 1)), NameServerProtocolError));
  assert(sizes.every((size) => size < 1024), `allocated ${sizes}`);
});

fault(
  27,
  "a header that claims to be longer than its frame is told with both lengths",
  () => assertMalformed({ header: "{}", headerLength: 3 }, "header length 3 exceeds frame length 6"),
);

fault(28, "an unknown type of header is told by its number", async () => {
  for (const type of [2, 255]) await assertMalformed({ header: "{}", type }, `header type ${type} is neither 0 (JSON) nor 1 (binary)`);
});

fault(29, "a header that is no JSON ends the connection", async () => {
  for (const header of ["code=0", '{"code":0', "{'code':0}"]) await assertMalformed({ header });
  await assertMalformed({ header: "\u0000\u0000", type: 1 }, "header");
});

fault(30, "a header that is null, a list or nothing ends the connection", async () => {
  for (const header of ["null", "[]", ""]) await assertMalformed({ header });
});

fault(31, "a header nested without end ends the connection", async () => {
  for (const header of [`{"x":${"[".repeat(1_000_000)}`, '{"x":'.repeat(100_000)]) await assertMalformed({ header });
});

fault([23, 29], "bytes that are no frame from one server send reads to the next, not writes", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1" });
  const read = bench.read(), write = bench.write();
  const [, connection] = await bench.peer.request(0, 1);
  bench.peer.serve = succeed;
  connection.send(rawFrame({ length: 0 }));
  assertEquals(textOf(await read), "b:1");
  await assertRejects(() => write, NameServerProtocolError);
  assertEquals(bench.peer.sent, ["a:1 206", "a:1 100", "b:1 206"]);
});
