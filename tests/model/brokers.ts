import fc from "fast-check";
import type { RegisterBrokerBody } from "../../src/model/register_broker_body.ts";
import type { TopicConfig } from "../../src/model/topic_config.ts";

/** A topic as brokers make them by default. */
export function topic(topicName: string, fields: Partial<TopicConfig> = {}): TopicConfig {
  return {
    topicName,
    readQueueNums: 16,
    writeQueueNums: 16,
    perm: 6,
    topicFilterType: "SINGLE_TAG",
    topicSysFlag: 0,
    order: false,
    ...fields,
  };
}

const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) =>
  BigInt(Number(value)) === value && isSafe(value) ? Number(value) : value
);
const name = fc.string({ unit: "grapheme", minLength: 1 });

function isSafe(value: bigint): boolean {
  return Number.isSafeInteger(Number(value));
}

/** Any registration body; with `compressible`, only what a compressed one can carry. */
export function anyBody({ compressible }: { readonly compressible: boolean }): fc.Arbitrary<RegisterBrokerBody> {
  const topicName = compressible ? name.map((text) => text.replaceAll(" ", "_")) : name;
  const config = fc.record({
    topicName,
    readQueueNums: int,
    writeQueueNums: int,
    perm: int,
    topicFilterType: fc.constantFrom("SINGLE_TAG" as const, "MULTI_TAG" as const),
    topicSysFlag: compressible ? fc.constant(0) : int,
    order: compressible ? fc.constant(false) : fc.boolean(),
    attributes: fc.dictionary(name, fc.string({ unit: "grapheme" }), { minKeys: 1 }),
  }, { requiredKeys: ["topicName", "readQueueNums", "writeQueueNums", "perm", "topicFilterType", "topicSysFlag", "order"] });
  const mapping = fc.record({
    topic: name,
    bname: name,
    totalQueues: int,
    epoch: long,
    currIdMap: fc.dictionary(int.map(String), int),
    scope: fc.constant("__global__"),
    dirty: fc.boolean(),
  });
  return fc.record({
    version: fc.record({ stateVersion: long, timestamp: long, counter: long }),
    topics: fc.array(config).map((topics) => Object.fromEntries(topics.map((topic) => [topic.topicName, topic]))),
    filterServers: fc.array(fc.string({ unit: "grapheme" })),
    topicQueueMappings: fc.array(mapping).map((mappings) => Object.fromEntries(mappings.map((info) => [info.topic, info]))),
  });
}
