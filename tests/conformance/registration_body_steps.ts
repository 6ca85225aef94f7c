import { RequestCode, requests } from "../../src/protocol.ts";
import { master, topic, topics, topicsOf, version } from "./brokers.ts";
import { exceptionClass } from "./said.ts";
import { only } from "./stage.ts";
import { type Step, step, stepByVersion } from "./step.ts";

const NOT_DECODED = "org.apache.rocketmq.remoting.exception.RemotingCommandException: Failed to decode RegisterBrokerBody, " +
  "org.apache.rocketmq.namesrv.processor.DefaultRequestProcessor.";
const NOT_DECODED_4 = `${NOT_DECODED}registerBrokerWithFilterServer(DefaultRequestProcessor.java:226)`;
const NOT_DECODED_5 = `${NOT_DECODED}extractRegisterBrokerBodyFromRequest(DefaultRequestProcessor.java:305)`;

/** REGISTER_BROKER (103): how servers read its arguments and its body. */
export const registrationBodySteps: readonly Step[] = [
  step("103 with another checksum than the body's is refused", async (s) => {
    const { extFields, body } = requests.registerBroker.encode(master("a"));
    const answer = await s.ask(RequestCode.REGISTER_BROKER, { extFields: { ...extFields, bodyCrc32: "1" }, body });
    return [answer, await s.brokers()];
  }, [{ code: 1, remark: "crc32 not match" }, {}]),

  step("103 with checksum 0 is not checked", async (s) => {
    const { extFields, body } = requests.registerBroker.encode(master("a"));
    const { code } = await s.ask(RequestCode.REGISTER_BROKER, { extFields: { ...extFields, bodyCrc32: "0" }, body });
    return code;
  }, 0),

  step("103 compressed is read as 103 that is not, but for topicSysFlag, which is lost", async (s) => {
    await s.register(master("a", { compressed: true, topics: topicsOf(topic("a-1", { topicSysFlag: 3 }), topic("a-2", { perm: 4 })) }));
    return [(await s.route("a-1"))!.queueDatas, await s.perms("a-2")];
  }, [[{ brokerName: "a", readQueueNums: 4, writeQueueNums: 4, perm: 6, topicSysFlag: 0 }], { a: 4 }]),

  stepByVersion("103 compressed cannot be read by 4.9.7 where topics have attributes", async (s) => {
    const typed = { attributes: { "message.type": "FIFO" } };
    const registration = master("a", { compressed: true, topics: topicsOf(topic("a-1", typed), topic("a-2", typed)) });
    const { code, remark } = await s.ask(RequestCode.REGISTER_BROKER, requests.registerBroker.encode(registration));
    return { code, remark };
  }, {
    "4.9.7": { code: 1, remark: NOT_DECODED_4 },
    "5.x": { code: 0, remark: undefined },
  }),

  step("103 before version 37 has the topics alone in its body", async (s) => {
    const { extFields } = requests.registerBroker.encode(master("a"));
    const body = new TextEncoder().encode(JSON.stringify({ topicConfigTable: topics("a-1", "a-2"), dataVersion: version(1) }));
    const answer = await s.ask(RequestCode.REGISTER_BROKER, { version: 36, extFields: { ...extFields, bodyCrc32: "0" }, body });
    return [answer.code, await s.perms("a-1")];
  }, [0, { a: 6 }]),

  stepByVersion("103 cannot be read by 5.5.0 where a topic's name has an escape and a character of four bytes", async (s) => {
    const registration = master("a", { topics: topics('"😀', "a-2") });
    return (await s.ask(RequestCode.REGISTER_BROKER, requests.registerBroker.encode(registration))).code;
  }, { "4.9.7": 0, "5.3.3": 0, "5.5.0": 1 }),

  stepByVersion("103 whose body cannot be read is refused, compressed or not", async (s) => {
    const { extFields } = requests.registerBroker.encode(master("a"));
    const body = new TextEncoder().encode("{nonsense");
    const send = (compressed: string) =>
      s.ask(RequestCode.REGISTER_BROKER, { extFields: { ...extFields, bodyCrc32: "0", compressed }, body });
    return [await send("true"), await send("false"), await s.brokers()];
  }, {
    "4.9.7": [{ code: 1, remark: NOT_DECODED_4 }, { code: 1, remark: NOT_DECODED_4 }, {}],
    "5.x": [{ code: 1, remark: NOT_DECODED_5 }, { code: 1, remark: NOT_DECODED_5 }, {}],
  }),

  step("103 without a broker id, or with one that is no number, fails", async (s) => {
    const { extFields, body } = requests.registerBroker.encode(master("a"));
    const { brokerId: _, ...noId } = extFields;
    const answers = [await s.ask(RequestCode.REGISTER_BROKER, { extFields: noId, body })];
    answers.push(await s.ask(RequestCode.REGISTER_BROKER, { extFields: { ...noId, brokerId: "first" }, body }));
    return [...answers.map(exceptionClass), await s.brokers()];
  }, ["NullPointerException", "NullPointerException", {}]),

  step("103 without a body makes known a broker without topics, of version zero", async (s) => {
    const { extFields } = requests.registerBroker.encode(master("a"));
    const { code } = await s.ask(RequestCode.REGISTER_BROKER, { extFields: { ...extFields, bodyCrc32: "0" } });
    const { version } = only(await s.client.queryBrokerDataVersion(master("a")));
    return [code, await s.brokers(), version];
  }, [0, { a: { "0": "a-0:10911" } }, { stateVersion: 0, timestamp: 0, counter: 0 }]),
];
