import { RequestCode } from "../../src/protocol.ts";
import { master, slave, topics } from "./brokers.ts";
import type { Stage } from "./stage.ts";
import { type Step, step, stepByVersion } from "./step.ts";

const FIRST_QUOTED_VERSION = 401;

const REST = '"filterServerTable":{},"queueDatas":[{"brokerName":"a","perm":6,"readQueueNums":4,"topicSysFlag":0,"writeQueueNums":4}]}';

/** GET_ROUTEINFO_BY_TOPIC (105) and GET_BROKER_CLUSTER_INFO (106). */
export const routeSteps: readonly Step[] = [
  stepByVersion("105 names brokers, queues and filter servers; 5.x says of each broker whether a slave may act as master", async (s) => {
    await s.register(master("a"));
    await s.register(slave("a", 1));
    return await legacyRoute(s, "a-1");
  }, {
    "4.9.7": `{"brokerDatas":[{"brokerAddrs":{0:"a-0:10911",1:"a-1:10911"},"brokerName":"a","cluster":"c"}],${REST}`,
    "5.x":
      `{"brokerDatas":[{"brokerAddrs":{0:"a-0:10911",1:"a-1:10911"},"brokerName":"a","cluster":"c","enableActingMaster":false}],${REST}`,
  }),

  step("105 is answered in standard JSON from version 401 on, or where acceptStandardJsonOnly is true", async (s) => {
    await s.register(master("a"));
    const asked = [
      { version: 0 },
      { version: FIRST_QUOTED_VERSION - 1 },
      { version: FIRST_QUOTED_VERSION },
      { version: FIRST_QUOTED_VERSION, standard: "false" },
      ...["true", "TRUE", "1", "false"].map((standard) => ({ version: 0, standard })),
    ];
    return await Promise.all(asked.map(async ({ version, standard }: { version: number; standard?: string }) => {
      const extFields = { topic: "a-1", ...(standard !== undefined && { acceptStandardJsonOnly: standard }) };
      const { body } = await s.ask(RequestCode.GET_ROUTEINFO_BY_TOPIC, { version, extFields });
      return body!.includes('{"0":');
    }));
  }, [false, false, true, true, true, true, false, false]),

  stepByVersion("105 escapes what is not ASCII in standard JSON, but 5.5.0 does not", async (s) => {
    await s.register(master("a", { cluster: "Größe 漢 😀", topics: topics("a-1", "a-2") }));
    return [await legacyRoute(s, "a-1"), await standardRoute(s, "a-1")].map(cluster);
  }, {
    "4.9.7": ["Größe 漢 😀", "Gr\\u00F6\\u00DFe \\u6F22 \\uD83D\\uDE00"],
    "5.3.3": ["Größe 漢 😀", "Gr\\u00F6\\u00DFe \\u6F22 \\uD83D\\uDE00"],
    "5.5.0": ["Größe 漢 😀", "Größe 漢 😀"],
  }),

  stepByVersion("105 escapes control characters; U+007F and U+2028 too, but 5.5.0 does not", async (s) => {
    await s.register(master("a", { cluster: 'tab\t nul\u0000 "quoted" del\u007f line\u2028', topics: topics("a-1", "a-2") }));
    return cluster(await legacyRoute(s, "a-1"));
  }, {
    "4.9.7": 'tab\\t nul\\u0000 \\"quoted\\" del\\u007F line\\u2028',
    "5.3.3": 'tab\\t nul\\u0000 \\"quoted\\" del\\u007F line\\u2028',
    "5.5.0": 'tab\\t nul\\u0000 \\"quoted\\" del\u007f line\u2028',
  }),

  stepByVersion("105 of an unknown topic says so, and where to read on", async (s) => [
    await s.ask(RequestCode.GET_ROUTEINFO_BY_TOPIC, { extFields: { topic: "nön" } }),
    await s.route("nön"),
  ], {
    "4.9.7": [{ code: 17, remark: noRoute("http://rocketmq.apache.org/docs/faq/") }, undefined],
    "5.x": [{ code: 17, remark: noRoute("https://rocketmq.apache.org/docs/bestPractice/06FAQ") }, undefined],
  }),

  stepByVersion(
    "105 fails before waitSecondsForService under needWaitForService, except on 4.9.7",
    (s) =>
      s.withConfig({ needWaitForService: "true", waitSecondsForService: "3600" }, async () => {
        const { code, remark } = await s.ask(RequestCode.GET_ROUTEINFO_BY_TOPIC, { extFields: { topic: "none" } });
        return [code, remark!.split(":")[0]];
      }),
    {
      "4.9.7": [17, "No topic route info in name server for the topic"],
      "5.x": [1, "name server not ready"],
    },
  ),

  step("105 tells the order of an ordered topic while orderMessageEnable is on", async (s) => {
    const entry = { namespace: "ORDER_TOPIC_CONFIG", key: "a-1", value: "a:8;b:4" };
    await s.client.putKvConfig(entry);
    await s.register(master("a"));
    const conf = async (topicName: string) => (await s.route(topicName))!.orderTopicConf;
    const off = await conf("a-1");
    const on = await s.withConfig({ orderMessageEnable: "true" }, async () => [await conf("a-1"), await conf("a-2")]);
    await s.client.deleteKvConfig(entry);
    return [off, on];
  }, [undefined, ["a:8;b:4", undefined]]),

  stepByVersion("105 tells the mappings of a static topic on 5.x, with an epoch that no double can hold", async (s) => {
    const mapping = { topic: "static-1", bname: "a", totalQueues: 8, epoch: 9007199254740995n, currIdMap: { 0: 0, 7: 3 } };
    await s.register(master("a", { topics: topics("static-1", "a-2"), topicQueueMappings: { "static-1": mapping } }));
    const epochs = [await legacyRoute(s, "static-1"), await standardRoute(s, "static-1")].map((body) => /"epoch":[^,}]*/.exec(body)?.[0]);
    const { topicQueueMappingByBroker } = (await s.route("static-1"))!;
    return [epochs, topicQueueMappingByBroker?.["a"]];
  }, {
    "4.9.7": [[undefined, undefined], undefined],
    "5.x": [['"epoch":9007199254740995', '"epoch":"9007199254740995"'], {
      topic: "static-1",
      bname: "a",
      totalQueues: 8,
      epoch: 9007199254740995n,
      currIdMap: { "0": 0, "7": 3 },
      scope: "__global__",
      dirty: false,
    }],
  }),

  step("106 is written in legacy JSON whatever was asked for", async (s) => {
    await s.register(master("a"));
    const { body } = await s.ask(RequestCode.GET_BROKER_CLUSTER_INFO, { extFields: { acceptStandardJsonOnly: "true" } });
    return body!.includes('{0:"a-0:10911"}');
  }, true),

  step("106 lists every broker of several clusters", async (s) => {
    await s.register(master("a"));
    await s.register(master("b"));
    await s.register(master("d", { cluster: "e" }));
    const { brokerAddrTable, clusterAddrTable } = await s.cluster();
    return [Object.keys(brokerAddrTable).sort(), [...clusterAddrTable["c"]!].sort(), clusterAddrTable["e"]];
  }, [["a", "b", "d"], ["a", "b"], ["d"]]),

  stepByVersion("105 tells mappings of a topic that is static no longer, once it was", async (s) => {
    const mapping = { topic: "static-2", bname: "a", totalQueues: 8, epoch: 1, currIdMap: {} };
    const broker = await s.register(master("a", { topics: topics("static-2", "a-2"), topicQueueMappings: { "static-2": mapping } }));
    await s.client.unregisterBroker(master("a"));
    await s.brokersBecome();
    await broker.close();
    await s.register(master("a", { topics: topics("static-2", "a-2") }));
    return (await s.route("static-2"))!.topicQueueMappingByBroker?.["a"]?.totalQueues;
  }, { "4.9.7": undefined, "5.x": 8 }),
];

function noRoute(url: string): string {
  return `No topic route info in name server for the topic: nön\nSee ${url} for further details.`;
}

async function legacyRoute(stage: Stage, topicName: string): Promise<string> {
  return (await stage.ask(RequestCode.GET_ROUTEINFO_BY_TOPIC, { version: 0, extFields: { topic: topicName } })).body!;
}

async function standardRoute(stage: Stage, topicName: string): Promise<string> {
  return (await stage.ask(RequestCode.GET_ROUTEINFO_BY_TOPIC, { extFields: { topic: topicName } })).body!;
}

/** The name of the cluster in a route, as it is written. */
function cluster(body: string): string | undefined {
  return /"cluster":"((?:[^"\\]|\\.)*)"/.exec(body)?.[1];
}
