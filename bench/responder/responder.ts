/**
 * The responder for machines without a C compiler: the same answers, several times slower, so that it and not the client may be the limit.
 * Prints its port; ends when its stdin does.
 *
 * Usage: `deno run -A bench/responder/responder.ts [DELAY_US]`
 *
 * @module
 */

import { createResponse, decodeCommand, encodeCommand, FrameDecoder, RequestCode, ResponseCode } from "../../src/protocol.ts";
import type { RemotingCommand } from "../../src/protocol.ts";
import { CANNED_TOPICS, cannedBody } from "./bodies.ts";
import type { CannedBody } from "./bodies.ts";

/** MQVersion of 4.9.4: from it on 105 is answered in standard JSON. */
const STANDARD_JSON_SINCE = 401;
const FLAG_ONEWAY = 2;
const bodies: ReadonlyMap<string, CannedBody> = new Map(CANNED_TOPICS.map((topic) => [topic, cannedBody(topic)]));

const delayMs = Number(Deno.args[0] ?? 0) / 1000;
const listener: Deno.TcpListener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
console.log(listener.addr.port);
void Deno.stdin.readable.pipeTo(new WritableStream()).finally(() => Deno.exit(0));
for await (const connection of listener) {
  void serve(connection).catch(() => connection.close());
}

async function serve(connection: Deno.TcpConn): Promise<void> {
  connection.setNoDelay(true);
  const frames = new FrameDecoder();
  const chunk = new Uint8Array(1 << 18);
  let sent: Promise<void> = Promise.resolve();
  for (let n = await connection.read(chunk); n !== null; n = await connection.read(chunk)) {
    const answers = frames.push(chunk.subarray(0, n)).map((frame) => decodeCommand(frame)).filter(({ flag }) => !(flag & FLAG_ONEWAY)).map(
      answer,
    );
    const due = delayMs === 0 ? sent : Promise.all([sent, new Promise((resolve) => setTimeout(resolve, delayMs))]);
    sent = due.then(() => send(connection, answers));
    sent.catch(() => {}); // the next read tells that the peer is gone
  }
  await sent;
  connection.close();
}

async function send(connection: Deno.TcpConn, answers: readonly Uint8Array<ArrayBuffer>[]): Promise<void> {
  const bytes = new Uint8Array(await new Blob([...answers]).arrayBuffer());
  for (let at = 0; at < bytes.length;) {
    at += await connection.write(bytes.subarray(at));
  }
}

function answer(request: RemotingCommand): Uint8Array<ArrayBuffer> {
  return encodeCommand(respond(request)) as Uint8Array<ArrayBuffer>;
}

function respond(request: RemotingCommand): RemotingCommand {
  const { code, version, extFields } = request;
  if (code === RequestCode.GET_BROKER_CLUSTER_INFO) {
    return createResponse(request, { body: bodies.get("cluster")!.fastjson });
  }
  if (code !== RequestCode.GET_ROUTEINFO_BY_TOPIC) {
    return createResponse(request, { code: ResponseCode.REQUEST_CODE_NOT_SUPPORTED, remark: " request type not supported" });
  }
  const body = extFields["topic"] === "cluster" ? undefined : bodies.get(extFields["topic"] ?? "");
  if (body === undefined) {
    return createResponse(request, { code: ResponseCode.TOPIC_NOT_EXIST, remark: "No topic route info" });
  }
  const standard = version >= STANDARD_JSON_SINCE || extFields["acceptStandardJsonOnly"] === "true";
  return createResponse(request, { body: standard ? body.standard : body.fastjson });
}
