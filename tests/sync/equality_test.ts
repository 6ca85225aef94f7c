import { assert, assertEquals } from "@std/assert";
import { requests } from "../../src/request/mod.ts";
import { goldenRows } from "../golden/golden_rows.ts";
import { toHex } from "../golden/hex.ts";
import { test } from "../harness.ts";
import { answerHeader, joined, rawFrame } from "../remote/raw_frame.ts";
import type { SyncRemoteOptions } from "../../src/sync.ts";
import { CLIENTS, type Connect, type EitherClient } from "./either_client.ts";
import { outcomeOf } from "./outcome_of.ts";
import { samples } from "./samples.ts";
import type { SaidFaults } from "./server_order.ts";
import { ServerProcess } from "./server_process.ts";

const BY_CODE: ReadonlyMap<number, keyof typeof requests> = new Map(
  Object.entries(requests).map(([name, { code }]) => [code, name as keyof typeof requests]),
);

function ask(client: EitherClient, name: keyof typeof requests, timeoutMs: number): Promise<unknown> {
  const method = client[name] as (...args: unknown[]) => Promise<unknown>;
  return requests[name].hasParams ? method.call(client, samples[name], { timeoutMs }) : method.call(client, { timeoutMs });
}

test("a recorded answer is the same value or the same error to both clients", async () => {
  await using servers = await ServerProcess.start();
  await using one = await CLIENTS[0]![1](servers.address, { retries: 0 });
  await using other = await CLIENTS[1]![1](servers.address, { retries: 0 });
  const kinds = new Set<string>();
  let compared = 0;
  for (const { name, requestCode, responseHex, responseSerializeType = "JSON" } of goldenRows) {
    const operation = BY_CODE.get(requestCode ?? -1);
    if (operation === undefined || responseHex === null) continue;
    const serialization = responseSerializeType === "JSON" ? "json" : "rocketmq";
    await servers.setFaults({ answer: { type: "replay", hex: responseHex, serialization } });
    const [expected, actual] = [await outcomeOf(() => ask(one, operation, 20_000)), await outcomeOf(() => ask(other, operation, 20_000))];
    assertEquals(actual, expected, name);
    kinds.add(Object.keys(expected as object)[0]!);
    compared++;
  }
  assertEquals([...kinds].sort(), ["error", "value"]);
  assert(compared > 300, `${compared} answers were compared`);
}, { timeoutMs: 120_000 });

interface FaultScript {
  readonly name: string;
  /** Faults of each server. */
  readonly servers: readonly (SaidFaults | "gone")[];
  readonly operation?: keyof typeof requests;
  readonly timeoutMs?: number;
  readonly options?: SyncRemoteOptions;
}

const bytes = (frame: Uint8Array): SaidFaults => ({ answer: { type: "bytes", hex: toHex(frame) } });
const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const command = (code: number, remark: string): SaidFaults => ({ answer: { type: "command", code, remark } });
const body = (words: string): SaidFaults => ({ answer: { type: "body", text: words } });

const GARBAGE: readonly (readonly [string, Uint8Array])[] = [
  ["length 0", Uint8Array.of(0, 0, 0, 0)],
  ["length 3", Uint8Array.of(0, 0, 0, 3, 1, 2, 3)],
  ["a negative length", Uint8Array.of(0xff, 0xff, 0xff, 0xff)],
  ["a length past the limit", Uint8Array.of(0x7f, 0, 0, 0)],
  ["a header longer than the frame", rawFrame({ header: "{}", headerLength: 999 })],
  ["an unknown type", rawFrame({ header: "{}", type: 9 })],
  ["a header that is no JSON", rawFrame({ header: "nothing" })],
  ["a header that is null", rawFrame({ header: "null" })],
  ["an HTTP answer", text("HTTP/1.1 400 Bad Request\r\n\r\n")],
  ["a TLS alert", Uint8Array.of(0x15, 3, 1, 0, 2, 2, 40)],
  ["Redis", text("-ERR unknown command\r\n")],
  ["SSH", text("SSH-2.0-OpenSSH_9.6\r\n")],
];

const SCRIPTS: readonly FaultScript[] = [
  { name: "1: refused", servers: ["gone"] },
  { name: "1: refused by the first", servers: ["gone", {}] },
  { name: "9: all gone", servers: ["gone", "gone", "gone"] },
  { name: "9: all gone, a write", servers: ["gone", "gone"], operation: "putKvConfig" },
  { name: "16: reset inside a frame, a read", servers: [{ resetAfterBytes: 10 }], options: { retries: 1 } },
  { name: "16: reset inside a frame, the next answers", servers: [{ resetAfterBytes: 10 }, {}] },
  { name: "16: reset inside a frame, a write", servers: [{ resetAfterBytes: 10 }, {}], operation: "putKvConfig" },
  { name: "17: end inside a frame", servers: [{ closeAfterBytes: 20 }], options: { retries: 0 } },
  { name: "17: end inside a frame, again and again", servers: [{ closeAfterBytes: 20 }], options: { retries: 3 } },
  { name: "17: end inside a frame, a write", servers: [{ closeAfterBytes: 20 }], operation: "putKvConfig" },
  { name: "19: end instead of an answer", servers: [{ closeAfterBytes: 0 }, {}] },
  { name: "20: byte by byte", servers: [{ chunkBytes: 1 }] },
  ...GARBAGE.map(([name, garbage]) => ({ name: `23–31, 54, 55: ${name}`, servers: [bytes(garbage)] })),
  ...GARBAGE.map(([name, garbage]) => ({ name: `23–31, 54, 55: ${name} from one of two`, servers: [bytes(garbage), {}] })),
  { name: "32: no JSON", servers: [body("nothing")] },
  { name: "33: nested", servers: [{ answer: { type: "body", text: "[", times: 100_000 } }] },
  { name: "34: no body", servers: [body("")] },
  { name: "44: a wrong opaque", servers: [{ answer: { type: "wrongOpaque" } }], timeoutMs: 400 },
  { name: "47: an unknown code", servers: [command(4711, "what?")] },
  { name: "47: an unknown code, a write", servers: [command(4711, "what?"), {}], operation: "putKvConfig" },
  { name: "48: no such topic", servers: [command(17, "none")], operation: "queryTopicRouteInfo" },
  { name: "49: not ready", servers: [command(1, "name server not ready"), {}] },
  { name: "49: nobody is ready", servers: [command(1, "name server not ready"), command(1, "name server not ready")] },
  { name: "50: busy", servers: [command(2, "busy"), {}] },
  { name: "50: busy, the only one", servers: [command(2, "busy")] },
  { name: "50: busy, a write", servers: [command(2, "busy"), {}], operation: "putKvConfig" },
  { name: "51: not supported", servers: [command(3, "not supported"), {}] },
  { name: "51: silence, a request of 5.x", servers: [{ silent: true }], operation: "sendBrokerHeartbeat", timeoutMs: 400 },
  { name: "52: going away", servers: [command(1500, "go away"), {}] },
  { name: "52: going away, the only one", servers: [command(1500, "go away")] },
  { name: "53: a request of the server", servers: [bytes(rawFrame({ header: '{"code":40,"flag":0,"opaque":1}' }))], timeoutMs: 400 },
  { name: "58: silence", servers: [{ silent: true }], timeoutMs: 400 },
  { name: "58: silence of two", servers: [{ silent: true }, { silent: true }], timeoutMs: 1600 },
  { name: "58: silence, a write", servers: [{ silent: true }, {}], operation: "putKvConfig", timeoutMs: 500 },
  { name: "59: nothing is read", servers: [{ stopReading: true }], timeoutMs: 400 },
  { name: "59: nothing is read, a large write", servers: [{ stopReading: true }], operation: "updateNameServerConfig", timeoutMs: 400 },
  {
    name: "26: past the limit",
    servers: [bytes(joined(rawFrame({ header: answerHeader(1), body: new Uint8Array(5000) })))],
    options: { maxFrameBytes: 4096 },
  },
];

test("a fault is the same value or the same error to both clients", async () => {
  await using servers = await ServerProcess.start(0);
  for (const script of SCRIPTS) {
    const first = servers.addresses.length;
    for (const faults of script.servers) {
      await servers.add();
      const index = servers.addresses.length - 1;
      if (faults === "gone") await servers.stop(index);
      else await servers.setFaults(faults, index);
    }
    const outcomes: unknown[] = [];
    for (const [, connect] of CLIENTS) outcomes.push(await play(script, servers.addresses.slice(first), connect));
    const said = script.servers.some((faults) => faults !== "gone" && "resetAfterBytes" in faults) ? outcomes.map(withoutReset) : outcomes;
    assertEquals(said[1], said[0], script.name);
  }
}, { timeoutMs: 300_000 });

async function play(script: FaultScript, addresses: readonly string[], connect: Connect): Promise<unknown> {
  const { operation = "getBrokerClusterInfo", timeoutMs = 20_000, options } = script;
  return await outcomeOf(async () => {
    await using client = await connect(addresses, { backoff: () => 1, ...options });
    return await ask(client, operation, timeoutMs);
  });
}

/** Whether the bytes in front of a reset, or its end, are still read is the system's business: not even one client says the same twice. */
function withoutReset(outcome: unknown): unknown {
  return JSON.parse(JSON.stringify(outcome, (key, value) => key === "cause" || key === "message" ? undefined : value));
}
