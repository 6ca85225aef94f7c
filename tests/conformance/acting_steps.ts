import { RequestCode, requests } from "../../src/protocol.ts";
import type { BrokerRegistration } from "../../src/model/broker_registration.ts";
import { master, slave } from "./brokers.ts";
import { eventually } from "./eventually.ts";
import type { Stage } from "./stage.ts";
import { type Step, step, stepByVersion } from "./step.ts";

const ACTING = { enableActingMaster: true };

const SLAVES = { "1": "a-1:10911", "2": "a-2:10911" };

/** Acting masters and zones, which came with 5.x. */
export const actingSteps: readonly Step[] = [
  stepByVersion("A group with enableActingMaster that lost its master may only be read, until a master registers", async (s) => {
    await loseMaster(s);
    const without = await s.perms("a-1");
    await s.register(master("a", ACTING));
    return [without, await s.perms("a-1")];
  }, { "4.9.7": [{ a: 6 }, { a: 6 }], "5.x": [{ a: 4 }, { a: 6 }] }),

  step("A group without enableActingMaster that lost its master keeps its permissions", async (s) => {
    await loseMaster(s, {});
    return await s.perms("a-1");
  }, { a: 6 }),

  stepByVersion("105 shows the slave with the smallest id as master under supportActingMaster; 106 and 901 don't", async (s) => {
    await loseMaster(s);
    await s.register(slave("a", 2, ACTING));
    const shown = async () => (await s.route("a-1"))!.brokerDatas[0]!.brokerAddrs;
    const off = await shown();
    return await s.withConfig({ supportActingMaster: "true" }, async () => {
      const group = await s.reaction(requests.getBrokerMemberGroup.encode({ cluster: "c", brokerName: "a" }));
      return [off, await shown(), (await s.brokers())["a"], typeof group === "string" ? group : /\{\d.*?\}/.exec(group.body!)?.[0]];
    });
  }, {
    "4.9.7": [SLAVES, SLAVES, SLAVES, "silent"],
    "5.x": [SLAVES, { "0": "a-1:10911", "2": "a-2:10911" }, SLAVES, '{1:"a-1:10911",2:"a-2:10911"}'],
  }),

  stepByVersion("105 under __ZONE_MODE keeps brokers of the zone, whatever its case, and those without a master", async (s) => {
    await registerZones(s);
    return await zoned(s, { __ZONE_MODE: "true", __ZONE_NAME: "EAST" });
  }, { "4.9.7": ["east", "none", "orphan", "west"], "5.x": ["east", "orphan"] }),

  step("105 under __ZONE_MODE without a name, and with a name alone, keeps every broker", async (s) => {
    await registerZones(s);
    return [
      await zoned(s, { __ZONE_MODE: "true" }),
      await zoned(s, { __ZONE_MODE: "true", __ZONE_NAME: " " }),
      await zoned(s, { __ZONE_NAME: "east" }),
    ];
  }, Array(3).fill(["east", "none", "orphan", "west"])),

  stepByVersion("105 under __ZONE_MODE succeeds where no broker is left, in legacy JSON", async (s) => {
    await s.register(master("a", { zoneName: "west" }));
    const { code, body } = await s.ask(RequestCode.GET_ROUTEINFO_BY_TOPIC, {
      extFields: { topic: "a-1", __ZONE_MODE: "true", __ZONE_NAME: "east" },
    });
    return [code, body!.includes('{"0":'), body!.includes('"brokerDatas":[]')];
  }, { "4.9.7": [0, true, false], "5.x": [0, false, true] }),

  stepByVersion("105 under __ZONE_MODE leaves out filter servers of other zones, and keeps the order of queues", async (s) => {
    const { topics } = master("shared");
    await s.register(master("east", { zoneName: "east", topics, filterServers: ["f:1"] }));
    await s.register(master("west", { zoneName: "west", topics, filterServers: ["f:2"] }));
    const entry = { namespace: "ORDER_TOPIC_CONFIG", key: "shared-1", value: "east:4;west:4" };
    await s.client.putKvConfig(entry);
    const client = await s.connect({ zone: "east" });
    const route = await s.withConfig({ orderMessageEnable: "true" }, () => client.queryTopicRouteInfo("shared-1"));
    await s.client.deleteKvConfig(entry);
    return [Object.keys(route.filterServerTable).sort(), route.queueDatas.length, route.orderTopicConf];
  }, {
    "4.9.7": [["east-0:10911", "west-0:10911"], 2, "east:4;west:4"],
    "5.x": [["east-0:10911"], 1, "east:4;west:4"],
  }),

  stepByVersion("105 tells a broker's zone", async (s) => {
    await s.register(master("a", { zoneName: "west" }));
    return (await s.route("a-1"))!.brokerDatas[0]!.zoneName;
  }, { "4.9.7": undefined, "5.x": "west" }),

  stepByVersion("The option zone of a client asks for brokers of that zone", async (s) => {
    await registerZones(s);
    const client = await s.connect({ zone: "west" });
    return (await client.queryTopicRouteInfo("shared-1")).brokerDatas.map((broker) => broker.brokerName).sort();
  }, { "4.9.7": ["east", "none", "orphan", "west"], "5.x": ["orphan", "west"] }),
];

/** Master and slave 1 of "a" register, and the master's connection ends. */
async function loseMaster(stage: Stage, change: Partial<BrokerRegistration> = ACTING): Promise<void> {
  const lost = await stage.register(master("a", change));
  await stage.register(slave("a", 1, change));
  await lost.close();
  await eventually(() => stage.brokers(), (brokers) => !("0" in brokers["a"]!));
}

/** Brokers "east" and "west" of these zones, "none" of no zone, and "orphan" of zone "south" without a master share topics. */
async function registerZones(stage: Stage): Promise<void> {
  const { topics } = master("shared");
  await stage.register(master("east", { zoneName: "east", topics }));
  await stage.register(master("west", { zoneName: "west", topics }));
  await stage.register(master("none", { topics }));
  const lost = await stage.register(master("orphan", { zoneName: "south", topics }));
  await stage.register(slave("orphan", 1, { zoneName: "south", topics }));
  await lost.close();
  await eventually(() => stage.brokers(), (brokers) => !("0" in brokers["orphan"]!));
}

async function zoned(stage: Stage, extFields: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { body } = await stage.ask(RequestCode.GET_ROUTEINFO_BY_TOPIC, { extFields: { topic: "shared-1", ...extFields } });
  const names = [...body!.matchAll(/"brokerName":"(\w+)","cluster"/g)].map((found) => found[1]!);
  return names.sort();
}
