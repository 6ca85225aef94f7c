import { assertEquals, assertThrows } from "@std/assert";
import { questionsOf, questionsOfAll } from "../../../src/client/registration/broker_questions.ts";
import { KnownBrokers } from "../../../src/client/registration/known_brokers.ts";
import { NameServerConnectionError, TopicNotFoundError } from "../../../mod.ts";
import type { BrokerData } from "../../../src/model/broker_data.ts";
import { producerGroup } from "../../../src/route/registration/registered_group.ts";
import { test } from "../../harness.ts";

const A = { cluster: "c", brokerName: "a", brokerAddrs: { "0": "a:1" } } as unknown as BrokerData;
const group = (topics?: readonly string[], address?: string) =>
  producerGroup({ group: "g", clientId: "id" }, { ...(topics && { topics }), ...(address && { address }) });
const fulfilled = (value: readonly BrokerData[]) => ({ status: "fulfilled", value }) as const;
const rejected = (reason: unknown) => ({ status: "rejected", reason }) as const;
const none = (topic: string) => new TopicNotFoundError("no such topic", { topic, responseCode: 17, remark: "" });

test("questionsOfAll() has each question once: all brokers, or those of a topic, of any NameServer or of one", () => {
  const questions = questionsOfAll([group(), group(), group(["x", "y"]), group(["y"]), group(["y"], "ns:1")]);
  assertEquals(questions.map(({ topic, options }) => [topic, options.address]), [
    [undefined, undefined],
    ["x", undefined],
    ["y", undefined],
    ["y", "ns:1"],
  ]);
});

test("KnownBrokers.note() takes a topic that nobody knows for an answer, and nothing else that is thrown", () => {
  const known = new KnownBrokers();
  const both = group(["x", "y"]);
  const [x, y] = questionsOf(both);
  known.note(x!, fulfilled([A]));
  known.note(y!, rejected(none("y")));
  assertEquals([known.brokersOf(both), known.missingTopics(both).map(({ topic }) => topic)], [[A], ["y"]]);
  const lost = new NameServerConnectionError("lost", { code: "NAMESRV_CONNECTION_LOST" });
  assertEquals(assertThrows(() => known.note(x!, rejected(lost))), lost);
  assertEquals(known.brokersOf(both), [A]);
});

test("KnownBrokers.version grows with each answer that differs", () => {
  const known = new KnownBrokers();
  const [question] = questionsOf(group());
  const versions = [fulfilled([A]), fulfilled([{ ...A }]), fulfilled([]), fulfilled([A])].map((told) => {
    known.note(question!, told);
    return known.version;
  });
  assertEquals(versions, [1, 1, 2, 3]);
});

test("KnownBrokers.keepOnly() forgets what other questions were answered", () => {
  const known = new KnownBrokers();
  const [x, y] = [group(["x"]), group(["y"])];
  for (const each of [x, y]) known.note(questionsOf(each)[0]!, fulfilled([A]));
  known.keepOnly(questionsOf(y));
  assertEquals([known.brokersOf(x), known.brokersOf(y)], [[], [A]]);
});
