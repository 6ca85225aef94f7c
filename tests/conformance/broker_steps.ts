import { RequestCode, requests } from "../../src/protocol.ts";
import { master, slave, topic, topicsOf, version } from "./brokers.ts";
import { exceptionClass } from "./said.ts";
import { only, request } from "./stage.ts";
import { type Step, step, stepByVersion } from "./step.ts";

/** What else is asked and said of brokers: 322, 901, 904, 205, 327. */
export const brokerSteps: readonly Step[] = [
  step("322 tells whether a version differs from the server's, and the server's", async (s) => {
    await s.register(master("a"));
    const same = only(await s.client.queryBrokerDataVersion(master("a")));
    const other = only(await s.client.queryBrokerDataVersion(master("a", { version: version(2) })));
    return [same, other];
  }, [{ changed: false, version: version(1) }, { changed: true, version: version(1) }]),

  step(
    "322 of an unknown broker says changed, without a version",
    async (s) => only(await s.client.queryBrokerDataVersion(master("none"))),
    {
      changed: true,
    },
  ),

  stepByVersion("322 has a stateVersion on 5.x, and numbers that no double can hold", async (s) => {
    const broker = master("a", { version: version(9007199254740993n, { stateVersion: 9007199254740995n }) });
    await s.register(broker);
    return (await s.ask(RequestCode.QUERY_DATA_VERSION, requests.queryBrokerDataVersion.encode(broker))).body;
  }, {
    "4.9.7": '{"counter":9007199254740993,"timestamp":1700000000000}',
    "5.x": '{"counter":9007199254740993,"stateVersion":9007199254740995,"timestamp":1700000000000}',
  }),

  stepByVersion("322 without a body fails on 4.9.7; 5.x takes it for a change", async (s) => {
    await s.register(master("a"));
    const { extFields } = requests.queryBrokerDataVersion.encode(master("a"));
    const { code, fields, ...rest } = await s.ask(RequestCode.QUERY_DATA_VERSION, { extFields });
    return [code, fields, exceptionClass(rest)];
  }, { "4.9.7": [1, undefined, "NullPointerException"], "5.x": [0, { changed: "true" }, ""] }),

  stepByVersion("901 gives a broker's addresses under a remark that means nothing, in legacy JSON; 4.9.7 is silent", async (s) => {
    await s.register(master("a"));
    await s.register(slave("a", 1));
    return await s.reaction(requests.getBrokerMemberGroup.encode({ cluster: "c", brokerName: "a" }));
  }, {
    "4.9.7": "silent",
    "5.x": {
      code: 0,
      remark: "not set any response code",
      body: '{"brokerMemberGroup":{"brokerAddrs":{0:"a-0:10911",1:"a-1:10911"},"brokerName":"a","cluster":"c"}}',
    },
  }),

  stepByVersion(
    "901 of an unknown broker has no addresses",
    (s) => s.reaction(requests.getBrokerMemberGroup.encode({ cluster: "x", brokerName: "none" })),
    {
      "4.9.7": "silent",
      "5.x": {
        code: 0,
        remark: "not set any response code",
        body: '{"brokerMemberGroup":{"brokerAddrs":{},"brokerName":"none","cluster":"x"}}',
      },
    },
  ),

  stepByVersion(
    "904 succeeds, for an unknown broker too; 4.9.7 is silent",
    (s) => s.reaction(requests.sendBrokerHeartbeat.encode(master("none"))),
    {
      "4.9.7": "silent",
      "5.x": { code: 0 },
    },
  ),

  step("205 takes write permission and nothing else from every topic of a broker; 327 sets read and write", async (s) => {
    await s.register(master("a", {
      topics: topicsOf(...[6, 4, 2, 7, 0].map((perm) => topic(`perm-${perm}`, { perm }))),
    }));
    await s.register(master("b", { topics: topicsOf(topic("perm-6"), topic("b-1")) }));
    const perms = async () =>
      Object.assign({}, ...await Promise.all([6, 4, 2, 7, 0].map(async (perm) => ({ [perm]: (await s.perms(`perm-${perm}`))!["a"] }))));
    const wiped = [only(await s.client.wipeWritePermission("a")), await perms()];
    const added = [only(await s.client.addWritePermission("a")), await perms()];
    return [wiped, added, await s.perms("b-1")];
  }, [
    [5, { "6": 4, "4": 4, "2": 0, "7": 5, "0": 0 }],
    [5, { "6": 6, "4": 6, "2": 6, "7": 6, "0": 6 }],
    { b: 6 },
  ]),

  step("205 and 327 of an unknown broker change no topic", async (s) => [
    only(await s.client.wipeWritePermission("none")),
    only(await s.client.addWritePermission("none")),
  ], [0, 0]),

  step("205 lasts until the broker registers another version", async (s) => {
    const broker = await s.register(master("a"));
    await s.client.wipeWritePermission("a");
    await s.register(master("a"), broker);
    const unchanged = await s.perms("a-1");
    await s.register(master("a", { version: version(2) }), broker);
    return [unchanged, await s.perms("a-1")];
  }, [{ a: 4 }, { a: 6 }]),

  step("205 without a name succeeds", (s) => s.reaction(request(RequestCode.WIPE_WRITE_PERM_OF_BROKER)), {
    code: 0,
    fields: { wipeTopicCount: "0" },
  }),
];
