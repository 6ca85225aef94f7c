/** An embedded NameServer on a port, with another port for orders: `server_program.ts PORT CONTROL_PORT full|empty SEED`. */
import { createServer } from "node:net";
import process from "node:process";
import { RequestCode } from "../../src/protocol/codes.ts";
import type { RemotingCommand } from "../../src/protocol/command.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { seededRandom } from "../fuzz/mutate.ts";
import { garbageFor } from "./garbage.ts";
import { DUPLICATE, type Orders, TOPICS } from "./orders.ts";

const [port, controlPort, topics, seed] = process.argv.slice(2);
const server = new EmbeddedNameServer();
const random = seededRandom(Number(seed));
const written = new Set<string>();
let orders: Orders = {};

if (topics === "full") { for (let topic = 0; topic < TOPICS; topic++) addTopic(topic); }
obey({});
createServer({ allowHalfOpen: true }, (socket) => {
  let text = "";
  socket.on("error", () => {}).on("data", (chunk) => text += chunk).on("end", () => {
    obey(JSON.parse(text));
    socket.end();
  });
}).listen(Number(controlPort), "127.0.0.1");
await server.listen({ port: Number(port) });

function addTopic(topic: number): void {
  const queues = { brokerName: "soak", readQueueNums: topic + 1, writeQueueNums: topic + 1, perm: 6, topicSysFlag: 0 };
  server.setTopicRoute(`soak-${topic}`, { queueDatas: [queues], brokerDatas: [], filterServerTable: {} });
}

function obey(given: Orders): void {
  orders = given;
  server.setFaults({ ...(orders.delayMs !== undefined && { delayMs: orders.delayMs }), answer });
}

function answer(request: RemotingCommand): RemotingCommand | Uint8Array | undefined {
  if (request.code === RequestCode.PUT_KV_CONFIG) noteWrite(request.extFields["value"] ?? "");
  return orders.garbage ? garbageFor(request, random) : undefined;
}

/** A write that comes twice was repeated although it had reached this server. */
function noteWrite(value: string): void {
  if (written.has(value)) console.log(`${DUPLICATE} ${value}`);
  written.add(value);
}
