import { RequestCode, requests } from "../../src/protocol.ts";
import { master, slave, topic, topics, topicsOf, version } from "./brokers.ts";
import { only, type Stage } from "./stage.ts";
import { type Step, step, stepByVersion } from "./step.ts";

const ODD_NAME = "brök er|%$\"'{}/\\漢";

/** REGISTER_BROKER (103): what servers take of a registration. */
export const registrationSteps: readonly Step[] = [
  step("103 makes known a broker, its cluster and its topics", async (s) => {
    await s.register(master("a"));
    const { brokerAddrTable, clusterAddrTable } = await s.cluster();
    const { cluster, brokerAddrs } = brokerAddrTable["a"]!;
    return { cluster, brokerAddrs, clusterAddrTable, topics: [...await s.client.listTopics()].sort(), perms: await s.perms("a-1") };
  }, { cluster: "c", brokerAddrs: { "0": "a-0:10911" }, clusterAddrTable: { c: ["a"] }, topics: ["a-1", "a-2"], perms: { a: 6 } }),

  step("103 answers a slave with its master's addresses, a master with arguments that are all absent", async (s) => {
    const header = await s.answerHeader(requests.registerBroker.encode(master("a")));
    return [/"extFields":\{.*?\}/.exec(header)?.[0], await s.registered(slave("a", 1))];
  }, ['"extFields":{}', { masterAddr: "a-0:10911", haServerAddr: "a-0:10912" }]),

  step("103 tells a slave nothing while its master is unknown", (s) => s.registered(slave("a", 1)), {}),

  step("103 changes queues only where the version differs from the one before", async (s) => {
    const broker = await s.register(master("a"));
    const counts = [await writeQueues(s, "a-1")];
    for (const counter of [1, 2]) {
      await s.register(
        master("a", { topics: topicsOf(topic("a-1", { writeQueueNums: 8 }), topic("a-2")), version: version(counter) }),
        broker,
      );
      counts.push(await writeQueues(s, "a-1"));
    }
    return counts;
  }, [4, 4, 8]),

  stepByVersion("103 adds topics that are new, under the version of before", async (s) => {
    const broker = await s.register(master("a"));
    await s.register(master("a", { topics: topics("a-1", "a-3") }), broker);
    return await s.perms("a-3");
  }, { "4.9.7": undefined, "5.x": { a: 6 } }),

  step("103 keeps topics that a later registration leaves out", async (s) => {
    const broker = await s.register(master("a"));
    await s.register(master("a", { topics: topics("a-3", "a-4"), version: version(2) }), broker);
    return [...await s.client.listTopics()].sort();
  }, ["a-1", "a-2", "a-3", "a-4"]),

  stepByVersion(
    "103 drops topics that a later registration leaves out, under deleteTopicWithBrokerRegistration",
    (s) =>
      s.withConfig({ deleteTopicWithBrokerRegistration: "true" }, async () => {
        const broker = await s.register(master("a"));
        await s.register(master("a", { topics: topics("a-2", "a-3"), version: version(2) }), broker);
        return [...await s.client.listTopics()].sort();
      }),
    { "4.9.7": ["a-1", "a-2", "a-3"], "5.x": ["a-2", "a-3"] },
  ),

  stepByVersion(
    "103 of an unknown broker with a single topic is refused by 5.x, which lists the broker without an address from then on",
    async (s) => {
      const answer = await s.ask(RequestCode.REGISTER_BROKER, requests.registerBroker.encode(master("a", { topics: topics("a-1") })));
      return [{ code: answer.code, remark: answer.remark }, await s.brokers(), await s.perms("a-1")];
    },
    {
      "4.9.7": [{ code: 0, remark: undefined }, { a: { "0": "a-0:10911" } }, { a: 6 }],
      "5.x": [{ code: 1, remark: "register broker failed" }, { a: {} }, undefined],
    },
  ),

  step("103 of a broker with a single topic is accepted after one without topics", async (s) => {
    const broker = await s.register(master("a", { topics: {} }));
    await s.register(master("a", { topics: topics("a-1"), version: version(2) }), broker);
    return await s.perms("a-1");
  }, { a: 6 }),

  stepByVersion("103 takes topics of a slave only where it says something of acting masters and has the smallest id", async (s) => {
    await s.register(slave("a", 1));
    await s.register(slave("b", 1, { enableActingMaster: false }));
    await s.register(slave("b", 2, { enableActingMaster: false, topics: topics("b-3", "b-4") }));
    return [...await s.client.listTopics()].sort();
  }, { "4.9.7": [], "5.x": ["b-1", "b-2"] }),

  step("103 shows a broker's filter servers in its routes, until it has none", async (s) => {
    const broker = await s.register(master("a", { filterServers: ["f:1", "f:2"] }));
    const tables = [(await s.route("a-1"))!.filterServerTable];
    await s.register(master("a", { filterServers: [] }), broker);
    return [...tables, (await s.route("a-1"))!.filterServerTable];
  }, [{ "a-0:10911": ["f:1", "f:2"] }, {}]),

  step("103 keeps broker ids that no double can hold", async (s) => {
    await s.register(slave("a", 9007199254740993n));
    await s.register(slave("a", 9223372036854775807n));
    await s.register(slave("a", -2));
    return await s.brokers();
  }, { a: { "-2": "a--2:10911", "9007199254740993": "a-9007199254740993:10911", "9223372036854775807": "a-9223372036854775807:10911" } }),

  step("103 under another id takes the address from its former one: a slave becomes master", async (s) => {
    const broker = await s.register(slave("a", 1));
    await s.register(slave("a", 1, { brokerId: 0 }), broker);
    return await s.brokers();
  }, { a: { "0": "a-1:10911" } }),

  stepByVersion(
    "103 under an id that another address has: 5.x keeps the address of the higher stateVersion, 4.9.7 takes the last",
    async (s) => {
      const at = (brokerAddr: string, stateVersion: number) => master("a", { brokerAddr, version: version(1, { stateVersion }) });
      const seen = [];
      for (const registration of [at("x:1", 2), at("y:1", 1), at("z:1", 3)]) {
        await s.register(registration);
        seen.push((await s.brokers())["a"]!["0"]);
      }
      return seen;
    },
    { "4.9.7": ["x:1", "y:1", "z:1"], "5.x": ["x:1", "x:1", "z:1"] },
  ),

  stepByVersion("103 is answered with the table of ordered topics, by 5.x where returnOrderTopicConfigToBroker is on", async (s) => {
    const entry = { namespace: "ORDER_TOPIC_CONFIG", key: "a-1", value: "a:4" };
    await s.client.putKvConfig(entry);
    const broker = await s.connect();
    const register = async () => only(await broker.registerBroker(master("a"))).kvTable;
    const tables = [await register(), await s.withConfig({ returnOrderTopicConfigToBroker: "false" }, register)];
    await s.client.deleteKvConfig(entry);
    return tables;
  }, { "4.9.7": [{ "a-1": "a:4" }, { "a-1": "a:4" }], "5.x": [{ "a-1": "a:4" }, undefined] }),

  step("103 without haServerAddr leaves slaves with masterAddr alone", async (s) => {
    const { haServerAddr: _, ...registration } = master("a");
    await s.register(registration);
    return await s.registered(slave("a", 1));
  }, { masterAddr: "a-0:10911" }),

  step("103 of one broker in two clusters: it belongs to the first, and stays in the other's list when it is gone", async (s) => {
    await s.register(master("a"));
    await s.register(slave("a", 1, { cluster: "d" }));
    const { brokerAddrTable, clusterAddrTable } = await s.cluster();
    for (const broker of [master("a"), slave("a", 1)]) await s.client.unregisterBroker(broker);
    await s.brokersBecome();
    const left = (await s.cluster()).clusterAddrTable;
    await s.register(master("a", { cluster: "d" })); // so that it can leave that cluster
    return [brokerAddrTable["a"], clusterAddrTable, left];
  }, [
    { cluster: "c", brokerName: "a", brokerAddrs: { "0": "a-0:10911", "1": "a-1:10911" }, enableActingMaster: false },
    { c: ["a"], d: ["a"] },
    { d: ["a"] },
  ]),

  step("103 of one address under two names", async (s) => {
    await s.register(master("a"));
    await s.register(master("b", { brokerAddr: "a-0:10911" }));
    return await s.brokers();
  }, { a: { "0": "a-0:10911" }, b: { "0": "a-0:10911" } }),

  step("103 takes names of any characters", async (s) => {
    await s.register(master(ODD_NAME, { cluster: ODD_NAME, brokerAddr: "odd:1", topics: topics(ODD_NAME, "😀") }));
    const { brokerAddrTable, clusterAddrTable } = await s.cluster();
    return [brokerAddrTable[ODD_NAME]!.brokerName, clusterAddrTable, await s.perms(ODD_NAME), await s.perms("😀")];
  }, [ODD_NAME, { [ODD_NAME]: [ODD_NAME] }, { [ODD_NAME]: 6 }, { [ODD_NAME]: 6 }]),
];

async function writeQueues(stage: Stage, topicName: string): Promise<number | undefined> {
  return (await stage.route(topicName))?.queueDatas[0]?.writeQueueNums;
}
