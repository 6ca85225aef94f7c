import { assertEquals, assertRejects } from "@std/assert";
import { NameServerProtocolError } from "../../src/errors.ts";
import { test } from "../harness.ts";
import { answerHeader, joined, rawFrame } from "./raw_frame.ts";
import { RemoteBench, textOf } from "./remote_bench.ts";

test("an answer in front of garbage in the same chunk reaches its call, the calls behind are lost", async () => {
  await using bench = new RemoteBench();
  const [first, second] = [bench.read(), bench.read()];
  const rejected = assertRejects(() => second, NameServerProtocolError, "length 3 is below");
  const [request, connection] = await bench.peer.request(0, 0);
  const answer = rawFrame({ header: answerHeader(request.opaque), body: new TextEncoder().encode("whole") });
  connection.send(joined(answer, Uint8Array.of(0, 0, 0, 3, 1, 2, 3)));
  assertEquals(textOf(await first), "whole");
  assertEquals((await rejected).code, "NAMESRV_MALFORMED_FRAME");
  await connection.closed;
});
