import { delay } from "@std/async/delay";
import { RequestCode, requests } from "../../src/protocol.ts";
import { FLAG_ONEWAY } from "../../src/protocol/command.ts";
import { encodeCommand } from "../../src/protocol.ts";
import { master, slave } from "./brokers.ts";
import { eventually } from "./eventually.ts";
import { exceptionClass } from "./said.ts";
import type { Stage } from "./stage.ts";
import { type Step, step, stepByVersion } from "./step.ts";

/** How brokers leave: UNREGISTER_BROKER (104), the end of their connection, silence. */
export const departureSteps: readonly Step[] = [
  step("104 takes one address out; with the last one go the broker, its topics and its cluster", async (s) => {
    await s.register(master("a"));
    await s.register(slave("a", 1));
    await s.client.unregisterBroker(master("a"));
    const left = await eventually(() => s.brokers(), (brokers) => !("0" in brokers["a"]!));
    const route = (await s.route("a-1"))!.brokerDatas[0]!.brokerAddrs;
    await s.client.unregisterBroker(slave("a", 1));
    return [left, route, await s.brokersBecome(), await s.client.listTopics(), (await s.cluster()).clusterAddrTable];
  }, [{ a: { "1": "a-1:10911" } }, { "1": "a-1:10911" }, {}, [], {}]),

  stepByVersion("104 with another id than the address has: 4.9.7 goes by the id, 5.x by the address", async (s) => {
    await s.register(master("a"));
    await s.register(slave("a", 1));
    await s.client.unregisterBroker(master("a", { brokerId: 1 }));
    return await eventually(() => s.brokers(), (brokers) => Object.keys(brokers["a"]!).length === 1);
  }, { "4.9.7": { a: { "0": "a-0:10911" } }, "5.x": { a: { "1": "a-1:10911" } } }),

  step("104 of an unknown broker succeeds", (s) => s.ask(RequestCode.UNREGISTER_BROKER, requests.unregisterBroker.encode(master("none"))), {
    code: 0,
  }),

  stepByVersion("104 without arguments fails on 4.9.7 and succeeds on 5.x", async (s) => {
    const { code, ...rest } = await s.ask(RequestCode.UNREGISTER_BROKER);
    return [code, exceptionClass(rest)];
  }, { "4.9.7": [1, "NullPointerException"], "5.x": [0, ""] }),

  step("A broker whose connection ends is unregistered at once", async (s) => {
    await s.register(slave("a", 1));
    const broker = await s.register(master("a"));
    await broker.close();
    const left = await eventually(() => s.brokers(), (brokers) => !("0" in brokers["a"]!));
    return [left, Object.keys((await s.route("a-1"))!.brokerDatas[0]!.brokerAddrs)];
  }, [{ a: { "1": "a-1:10911" } }, ["1"]]),

  step("A broker that has registered on another connection since survives the end of the first", async (s) => {
    const first = await s.register(master("a"));
    await s.register(master("a"));
    await first.close();
    await aBrokerLeaves(s);
    return await s.brokers();
  }, { a: { "0": "a-0:10911" } }),

  step("Of two brokers that registered on one connection, only one is unregistered when it ends", async (s) => {
    const both = await s.register(master("a"));
    await s.register(master("b"), both);
    await both.close();
    await eventually(() => s.brokers(), (brokers) => Object.keys(brokers).length < 2);
    await aBrokerLeaves(s);
    return Object.keys(await s.brokers()).length;
  }, 1),

  stepByVersion(
    "A broker that says nothing for heartbeatTimeoutMillis leaves 5.x, and its connection is closed; 904 and 322 are signs of life",
    async (s) => {
      const silent = await s.dial();
      await silent.send(encodeCommand(requests.registerBroker.encode(master("silent", { heartbeatTimeoutMs: 500 }))));
      await silent.receive();
      await s.register(master("beating", { heartbeatTimeoutMs: ALIVE_MS }));
      await s.register(master("asking", { heartbeatTimeoutMs: ALIVE_MS }));
      const closed = s.version === "4.9.7" ? Promise.resolve("not closed") : silent.receive();
      await signsOfLife(s);
      return [await closed, Object.keys(await s.brokers()).sort()];
    },
    { "4.9.7": ["not closed", ["asking", "beating", "silent"]], "5.x": [null, ["asking", "beating"]] },
  ),

  step("A connection without a word is closed after serverChannelMaxIdleTimeSeconds", async (s) => {
    const started = performance.now();
    const [silent, half] = [await s.dial(), await s.dial()];
    await half.send(encodeCommand(requests.getBrokerClusterInfo.encode()).subarray(0, 20));
    const ends = await Promise.all([silent.receive(), half.receive()]);
    return [ends, performance.now() - started > 7500];
  }, [[null, null], true]),
];

const ALIVE_MS = 3000;
const SIGN_INTERVAL_MS = 100;

/** Sends signs of life of "beating" and "asking" until they would have expired without. */
async function signsOfLife({ client }: Stage): Promise<void> {
  const heartbeat = { ...requests.sendBrokerHeartbeat.encode(master("beating")), flag: FLAG_ONEWAY }; // 4.9.7 would never answer
  for (const end = performance.now() + ALIVE_MS + 500; performance.now() < end;) {
    await client.remote.oneway(heartbeat);
    await client.queryBrokerDataVersion(master("asking"));
    await delay(SIGN_INTERVAL_MS);
  }
}

/** What a server had to do before is done when this is, since it takes brokers out one after the other. */
async function aBrokerLeaves(s: Stage): Promise<void> {
  const broker = await s.register(master("leaving"));
  await broker.close();
  await eventually(() => s.brokers(), (brokers) => !("leaving" in brokers));
}
