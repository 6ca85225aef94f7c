import { RequestCode, requests } from "../../src/protocol.ts";
import { master, topic, topics, topicsOf, version } from "./brokers.ts";
import { request, type Stage } from "./stage.ts";
import { type Step, step, stepByVersion } from "./step.ts";

const QUEUE = { readQueueNums: 2, writeQueueNums: 3, perm: 4, topicSysFlag: 1 };
const DISABLED = { code: 1, remark: "disable" };
const NO_TOPICS = { code: 0, body: '{"topicList":[]}' };

/** Lists of topics, and topics that come and go without a broker's doing: 206, 224, 304, 311–313, 216, 217. */
export const topicSteps: readonly Step[] = [
  step("206 lists the topics of all clusters, 224 those of one, none of an unknown one", async (s) => {
    await s.register(master("a"));
    await s.register(master("b", { cluster: "d" }));
    const lists = [s.client.listTopics(), s.client.listTopicsByCluster("d"), s.client.listTopicsByCluster("none")];
    return (await Promise.all(lists)).map((list) => [...list].sort());
  }, [["a-1", "a-2", "b-1", "b-2"], ["b-1", "b-2"], []]),

  step("304 lists clusters and brokers, and some broker's address", async (s) => {
    await s.register(master("a"));
    await s.register(master("b", { cluster: "d" }));
    const { topics, brokerAddr } = await s.client.listSystemTopics();
    return [[...topics].sort(), /^[ab]-0:10911$/.test(brokerAddr!)];
  }, [["a", "b", "c", "d"], true]),

  step("304 has no address where there is no broker", (s) => s.ask(RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_NS), NO_TOPICS),

  step("311 lists unit topics, 312 those with unit subscriptions, 313 those of them that are no unit topics", async (s) => {
    await s.register(
      master("a", { topics: topicsOf(...[0, 1, 2, 3].map((topicSysFlag) => topic(`flag-${topicSysFlag}`, { topicSysFlag }))) }),
    );
    const { client } = s;
    const lists = [client.listUnitTopics(), client.listUnitSubscribedTopics(), client.listUnitSubscribedNonUnitTopics()];
    return (await Promise.all(lists)).map((list) => [...list].sort());
  }, [["flag-1", "flag-3"], ["flag-2", "flag-3"], ["flag-2"]]),

  stepByVersion(
    "206 fails on 5.x while enableAllTopicList is off",
    (s) => s.withConfig({ enableAllTopicList: "false" }, () => s.ask(RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER)),
    {
      "4.9.7": NO_TOPICS,
      "5.x": DISABLED,
    },
  ),

  stepByVersion(
    "224 and 311 to 313 fail on 5.x while enableTopicList is off, but not 206 and 304",
    (s) =>
      s.withConfig({ enableTopicList: "false" }, async () => {
        const answers = [];
        for (const code of [224, 311, 312, 313, 206, 304]) answers.push(await s.ask(code, { extFields: { cluster: "c" } }));
        return answers;
      }),
    {
      "4.9.7": Array(6).fill(NO_TOPICS),
      "5.x": [DISABLED, DISABLED, DISABLED, DISABLED, NO_TOPICS, NO_TOPICS],
    },
  ),

  step("216 forgets a topic on all brokers, an unknown one without complaint", async (s) => {
    const { topics: shared } = master("shared");
    await s.register(master("a", { topics: shared }));
    await s.register(master("b", { topics: shared }));
    await s.client.deleteTopic({ topic: "shared-1" });
    await s.client.deleteTopic({ topic: "none" });
    return [await s.perms("shared-1"), await s.perms("shared-2")];
  }, [undefined, { a: 6, b: 6 }]),

  step("216 with a cluster forgets a topic on the brokers of that cluster", async (s) => {
    const { topics: shared } = master("shared");
    await s.register(master("a", { topics: shared }));
    await s.register(master("b", { topics: shared, cluster: "d" }));
    await s.client.deleteTopic({ topic: "shared-1", cluster: "d" });
    await s.client.deleteTopic({ topic: "shared-2", cluster: "none" });
    const left = [await s.perms("shared-1"), await s.perms("shared-2")];
    await s.client.deleteTopic({ topic: "shared-1", cluster: "c" });
    return [...left, await s.perms("shared-1")];
  }, [{ a: 6 }, { a: 6, b: 6 }, undefined]),

  stepByVersion("216 lasts on 4.9.7 until the broker registers another version, on 5.x until it registers", async (s) => {
    const broker = await s.register(master("a"));
    await s.client.deleteTopic({ topic: "a-1" });
    await s.register(master("a"), broker);
    const unchanged = await s.perms("a-1");
    await s.register(master("a", { version: version(2) }), broker);
    return [unchanged, await s.perms("a-1")];
  }, { "4.9.7": [undefined, { a: 6 }], "5.x": [{ a: 6 }, { a: 6 }] }),

  stepByVersion("217 makes a topic known on a known broker; 4.9.7 is silent", async (s) => {
    await s.register(master("a"));
    const answer = await register217(s, "a");
    return [answer, (await s.route("new"))?.queueDatas];
  }, { "4.9.7": ["silent", undefined], "5.x": [{ code: 0 }, [{ brokerName: "a", ...QUEUE }]] }),

  stepByVersion("217 stores nothing where the broker is unknown, and succeeds", async (s) => {
    const answer = await register217(s, "none");
    return [answer, await s.client.listTopics()];
  }, { "4.9.7": ["silent", []], "5.x": [{ code: 0 }, []] }),

  stepByVersion("217 changes the queues of a topic that is known", async (s) => {
    await s.register(master("a", { topics: topics("new", "a-2") }));
    const answer = await register217(s, "a");
    return [answer, await s.perms("new")];
  }, { "4.9.7": ["silent", { a: 6 }], "5.x": [{ code: 0 }, { a: 4 }] }),

  stepByVersion(
    "217 ends at the first broker that is unknown: a known topic keeps what came before, a new one is not stored",
    async (s) => {
      await s.register(master("a"));
      await s.register(master("b"));
      const queues = ["a", "none", "b"].map((brokerName) => ({ brokerName, ...QUEUE }));
      const answers = [];
      for (const topic of ["a-1", "new"]) answers.push(await s.reaction(requests.registerTopic.encode({ topic, queues })));
      return [answers, await s.perms("a-1"), await s.perms("new")];
    },
    { "4.9.7": [["silent", "silent"], { a: 6 }, undefined], "5.x": [[{ code: 0 }, { code: 0 }], { a: 4 }, undefined] },
  ),

  stepByVersion("217 without a body, and without a topic, succeeds and stores nothing", async (s) => {
    await s.register(master("a"));
    const { body } = requests.registerTopic.encode({ topic: "new", queues: [{ brokerName: "a", ...QUEUE }] });
    const [noBody, noTopic] = [{ extFields: { topic: "new" } }, { body }].map((init) =>
      request(RequestCode.REGISTER_TOPIC_IN_NAMESRV, init)
    );
    return [await s.reaction(noBody!), await s.reaction(noTopic!), [...await s.client.listTopics()].sort()];
  }, { "4.9.7": ["silent", "silent", ["a-1", "a-2"]], "5.x": [{ code: 0 }, { code: 0 }, ["a-1", "a-2"]] }),

  step("224, 216 and 105 without arguments are taken for null", async (s) => [
    await s.reaction(request(RequestCode.GET_TOPICS_BY_CLUSTER)),
    await s.reaction(request(RequestCode.DELETE_TOPIC_IN_NAMESRV)),
    (await s.ask(RequestCode.GET_ROUTEINFO_BY_TOPIC)).remark!.split("\n")[0],
  ], [NO_TOPICS, { code: 0 }, "No topic route info in name server for the topic: null"]),
];

async function register217(stage: Stage, brokerName: string): ReturnType<Stage["reaction"]> {
  return await stage.reaction(requests.registerTopic.encode({ topic: "new", queues: [{ brokerName, ...QUEUE }] }));
}
