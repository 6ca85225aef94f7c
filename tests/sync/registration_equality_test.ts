import { assertEquals } from "@std/assert";
import { test } from "../harness.ts";
import { BrokerWorld } from "./broker_world.ts";
import { CLIENTS, type Connect } from "./either_client.ts";
import { describe, outcomeOf } from "./outcome_of.ts";
import type { SaidFaults } from "./server_order.ts";

interface Script {
  readonly name: string;
  /** What each broker does from the start. */
  readonly brokers: readonly (SaidFaults | "accepts" | "gone")[];
  readonly role?: "registerProducer" | "registerConsumer";
  readonly topics?: readonly string[];
  readonly timeoutMs?: number;
  readonly silentNameServer?: boolean;
}

const command = (code: number, remark: string): SaidFaults => ({ answer: { type: "command", code, remark } });
const bytes = (hex: string): SaidFaults => ({ answer: { type: "bytes", hex } });

const SCRIPTS: readonly Script[] = [
  { name: "no broker", brokers: [] },
  { name: "no broker, for a consumer", brokers: [], role: "registerConsumer" },
  { name: "all accept", brokers: ["accepts", "accepts"] },
  { name: "the only one is gone", brokers: ["gone"] },
  { name: "one is gone", brokers: ["accepts", "gone"] },
  { name: "all are gone, for a consumer", brokers: ["gone", "gone"], role: "registerConsumer" },
  { name: "the only one refuses", brokers: [command(1, "No acl config for k")] },
  { name: "one refuses, one is gone", brokers: [command(1, "No acl config for k"), "gone"] },
  { name: "busy", brokers: [command(2, "busy")] },
  { name: "going away", brokers: [command(1500, "go away")] },
  { name: "not supported", brokers: ["accepts", command(3, "not supported")] },
  { name: "silence", brokers: [{ silent: true }], timeoutMs: 1500 },
  { name: "silence of one", brokers: ["accepts", { silent: true }], timeoutMs: 1500 },
  { name: "end instead of an answer", brokers: [{ closeAfterBytes: 0 }] },
  { name: "end inside a frame", brokers: ["accepts", { closeAfterBytes: 20 }] },
  { name: "an HTTP answer", brokers: [bytes("485454502f312e31203430302042616420526571756573740d0a0d0a")] },
  { name: "a length past the limit", brokers: [bytes("7f000000")] },
  { name: "a TLS alert", brokers: ["accepts", bytes("15030100020228")] },
  { name: "an unknown topic", brokers: ["accepts"], topics: ["nowhere"] },
  { name: "an unknown topic among others", brokers: ["accepts"], topics: ["nowhere", "orders"] },
  { name: "an unknown topic, and a broker that is gone", brokers: ["gone"], topics: ["nowhere", "orders"] },
  { name: "a NameServer that is silent", brokers: ["accepts"], silentNameServer: true, timeoutMs: 400 },
];

for (const script of SCRIPTS) {
  test(`a registration comes to the same with both clients: ${script.name}`, async () => {
    await using world = await BrokerWorld.start();
    for (const faults of script.brokers) {
      const broker = await world.broker();
      if (faults === "gone") await broker.stop();
      else if (faults !== "accepts") await broker.behave(faults);
    }
    if (script.silentNameServer) await world.silenceNameServer();
    const outcomes: unknown[] = [];
    for (const [, connect] of CLIENTS) outcomes.push(await play(script, world.address, connect));
    assertEquals(outcomes[1], outcomes[0]);
  }, { timeoutMs: 60_000 });
}

/** What a registration gives, and what is said when it is over. */
function play({ role = "registerProducer", topics, timeoutMs = 20_000 }: Script, address: string, connect: Connect): Promise<unknown> {
  return outcomeOf(async () => {
    await using client = await connect(address, { backoff: () => 1_000_000, retries: 0 });
    const registration = await client[role]("payments", "10.0.0.9@1", { timeoutMs, ...(topics && { topics }) });
    const described = () => [...registration.failures].map(([broker, error]) => [broker, describe(error)]);
    const registered = [[...registration.brokers].sort(), described()];
    await registration.unregister({ timeoutMs });
    return [registered, registration.brokers, described()];
  });
}
