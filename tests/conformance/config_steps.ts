import { parseProperties } from "../../src/model/properties.ts";
import { RequestCode } from "../../src/protocol.ts";
import { only, type Stage } from "./stage.ts";
import { type Step, step, stepByVersion } from "./step.ts";

const PATH_REFUSED = { code: 16, remark: "Can not update config path" };

const SETTINGS_4 = [
  "clusterTest",
  "configStorePath",
  "kvConfigPath",
  "listenPort",
  "orderMessageEnable",
  "productEnvName",
  "rocketmqHome",
  "serverAsyncSemaphoreValue",
  "serverCallbackExecutorThreads",
  "serverChannelMaxIdleTimeSeconds",
  "serverOnewaySemaphoreValue",
  "serverPooledByteBufAllocatorEnable",
  "serverSelectorThreads",
  "serverSocketBacklog",
  "serverSocketRcvBufSize",
  "serverSocketSndBufSize",
  "serverWorkerThreads",
  "useEpollNativeSelector",
  "writeBufferHighWaterMark",
  "writeBufferLowWaterMark",
];

/** What stands in the file of a server is shown, known or not. */
const UNKNOWN_TO_4 = ["bindAddress", "scanNotActiveBrokerInterval"];

const SETTINGS_SINCE_5 = [
  "bindAddress",
  "clientRequestThreadPoolNums",
  "clientRequestThreadPoolQueueCapacity",
  "configBlackList",
  "defaultThreadPoolNums",
  "defaultThreadPoolQueueCapacity",
  "deleteTopicWithBrokerRegistration",
  "enableAllTopicList",
  "enableControllerInNamesrv",
  "enableShutdownGracefully",
  "enableTopicList",
  "needWaitForService",
  "notifyMinBrokerIdChanged",
  "returnOrderTopicConfigToBroker",
  "scanNotActiveBrokerInterval",
  "serverNettyWorkerGroupEnable",
  "shutdownWaitTimeSeconds",
  "supportActingMaster",
  "unRegisterBrokerQueueCapacity",
  "waitSecondsForService",
];

const DEFAULTS = [
  "clusterTest",
  "orderMessageEnable",
  "productEnvName",
  "serverOnewaySemaphoreValue",
  "serverSocketBacklog",
  "enableAllTopicList",
  "enableTopicList",
  "needWaitForService",
  "waitSecondsForService",
  "returnOrderTopicConfigToBroker",
  "supportActingMaster",
  "shutdownWaitTimeSeconds",
  "notifyMinBrokerIdChanged",
];

/** The server's configuration: 318, 319. */
export const configSteps: readonly Step[] = [
  stepByVersion("319 has every setting of the release, in order of name on 5.x", async (s) => {
    const names = Object.keys(parseProperties(await configText(s)));
    const sorted = [...names].sort();
    return [sorted, s.version === "4.9.7" || names.join() === sorted.join()];
  }, { "4.9.7": [[...SETTINGS_4, ...UNKNOWN_TO_4].sort(), true], "5.x": [[...SETTINGS_4, ...SETTINGS_SINCE_5].sort(), true] }),

  stepByVersion("319 has the defaults", async (s) => {
    const config = only(await s.client.getNameServerConfig());
    return DEFAULTS.map((name) => config[name]);
  }, {
    "4.9.7": ["false", "false", "center", "256", "1024", ...Array(8).fill(undefined)],
    "5.x": ["false", "false", "center", "256", "1024", "true", "true", "false", "45", "true", "false", "30", "false"],
  }),

  step(
    "318 sets what 319 shows, and ignores names that the release does not have",
    async (s) =>
      await s.withConfig({ productEnvName: "a = b: c # d ! é", serverSocketBacklog: "99", nonsense: "1" }, async () => {
        const { productEnvName, serverSocketBacklog, nonsense } = only(await s.client.getNameServerConfig());
        return [productEnvName, serverSocketBacklog, nonsense];
      }),
    ["a = b: c # d ! é", "99", undefined],
  ),

  step("318 reads escapes that 319 does not write", (s) =>
    s.withConfig({ productEnvName: "center" }, async () => {
      await update(s, "productEnvName = \\u0061\\:b\\tc\\\n   d\\\\e");
      return /^productEnvName=(.*)$/m.exec(await configText(s))?.[1];
    }), "a:b\tcd\\e"),

  step("318 reads ISO 8859-1, so that UTF-8 arrives garbled", (s) =>
    s.withConfig({ productEnvName: "center" }, async () => {
      await update(s, "productEnvName=é");
      return only(await s.client.getNameServerConfig())["productEnvName"];
    }), "Ã©"),

  step("318 ignores values that do not fit", (s) =>
    s.withConfig({ serverOnewaySemaphoreValue: "256" }, async () => {
      const answer = await update(s, "serverOnewaySemaphoreValue=many");
      return [answer, only(await s.client.getNameServerConfig())["serverOnewaySemaphoreValue"]];
    }), [{ code: 0 }, "256"]),

  step("318 takes anything but true for false", (s) =>
    s.withConfig({ orderMessageEnable: "TRUE" }, async () => {
      const on = only(await s.client.getNameServerConfig())["orderMessageEnable"];
      await update(s, "orderMessageEnable=yes");
      return [on, only(await s.client.getNameServerConfig())["orderMessageEnable"]];
    }), ["true", "false"]),

  step("318 without a body succeeds", (s) => s.ask(RequestCode.UPDATE_NAMESRV_CONFIG), { code: 0 }),

  step("318 that is no Properties text is refused", (s) => update(s, "productEnvName=\\u00"), {
    code: 1,
    remark: "string2Properties error",
  }),

  stepByVersion("318 refuses paths; 5.x the black list, too, and all that is on it", async (s) => {
    const before = only(await s.client.getNameServerConfig());
    const refused = [];
    for (const name of ["kvConfigPath", "configStorePath", "configBlackList", "rocketmqHome"]) {
      refused.push(await update(s, `${name}=${before[name] ?? ""}`)); // a release that does not refuse changes nothing
    }
    return refused;
  }, {
    "4.9.7": [PATH_REFUSED, PATH_REFUSED, { code: 0 }, { code: 0 }],
    "5.x": Array(4).fill({ code: 16, remark: "Can not update config in black list." }),
  }),
];

async function configText(stage: Stage): Promise<string> {
  return (await stage.ask(RequestCode.GET_NAMESRV_CONFIG)).body!;
}

function update(stage: Stage, text: string): ReturnType<Stage["ask"]> {
  return stage.ask(RequestCode.UPDATE_NAMESRV_CONFIG, { body: new TextEncoder().encode(text) });
}
