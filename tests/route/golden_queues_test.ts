import { assert, assertEquals } from "@std/assert";
import { parseTopicRoute, type TopicRouteData } from "../../src/model/topic_route.ts";
import { parseLenientJson } from "../../src/protocol/lenient_json.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { masterAddress } from "../../src/route/master_address.ts";
import type { MessageQueue } from "../../src/route/message_queue.ts";
import { publishQueues } from "../../src/route/publish_queues.ts";
import { staticQueues } from "../../src/route/static_queues.ts";
import { subscribeAddress } from "../../src/route/subscribe_address.ts";
import { subscribeQueues } from "../../src/route/subscribe_queues.ts";
import { type GoldenCase, goldenCases } from "../golden/golden_cases.ts";
import { test } from "../harness.ts";
import { brokerData } from "../cli/routes.ts";

type Queues = readonly (readonly [brokerName: string, queueId: number])[];

const published = goldenCases<string, { readonly orderTopic?: boolean; readonly queues?: Queues; readonly error?: string }>("publish-info");
for (const { name, input, expected } of published) {
  test(`publishQueues() gives the queues of the Java client: ${name}`, () => {
    for (const route of readings(input)) {
      // Where Java throws at one segment of the order configuration, the others count here
      if (expected.queues === undefined) assertEquals(pairs(publishQueues("T", route)), [["broker-b", 0]]);
      else assertEquals(pairs(publishQueues("T", route)), expected.queues);
    }
  });
}

for (const { name, input, expected } of goldenCases<string, { readonly queues: Queues }>("subscribe-info")) {
  test(`subscribeQueues() gives the queues of the Java client: ${name}`, () => {
    for (const route of readings(input)) assertEquals(pairs(subscribeQueues("T", route)), expected.queues);
  });
}

for (const { name, input, expected } of goldenCases<string, Readonly<Record<string, string>>>("static-endpoints")) {
  test(`staticQueues() gives the endpoints of the Java client: ${name}`, () => {
    for (const route of readings(input)) {
      const endpoints = staticQueues("T", route).map(({ brokerName, queueId, hostedBy }) => [`${brokerName}#${queueId}`, hostedBy]);
      assertEquals(Object.fromEntries(endpoints), expected);
    }
  });
}

interface Lookup {
  readonly table: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly brokerName: string;
  readonly brokerId?: number;
  readonly onlyThisBroker?: boolean;
}

for (const { name, input, expected } of goldenCases<Lookup, string | null>("find-broker-publish")) {
  test(`masterAddress() finds what the Java client finds: ${name}`, () => {
    const brokerAddrs = input.table[input.brokerName];
    assertEquals(brokerAddrs && masterAddress(brokerData(input.brokerName, { brokerAddrs })), expected ?? undefined);
  });
}

for (
  const { name, input, expected } of goldenCases<Lookup, { readonly addr: string; readonly slave: boolean } | null>("find-broker-subscribe")
) {
  test(`subscribeAddress() finds what the Java client finds: ${name}`, () => {
    const brokerAddrs = input.table[input.brokerName];
    const found = brokerAddrs && subscribeAddress(brokerData(input.brokerName, { brokerAddrs }), input.brokerId!, input.onlyThisBroker);
    assertEquals(found ? { addr: found.address, slave: !found.isMaster } : null, expected);
  });
}

for (const { name, input, expected } of goldenCases<{ readonly addrs: Readonly<Record<string, string>> }, AnyOf | null>("select-broker")) {
  test(`subscribeAddress() finds any address, the master's first: ${name}`, () => {
    const found = subscribeAddress(brokerData("a", { brokerAddrs: input.addrs }), 0)?.address;
    if (expected === null) assertEquals(found, undefined);
    else assert(expected.anyOf.includes(found!), found);
  });
}

interface AnyOf {
  readonly anyOf: readonly string[];
}

function pairs(queues: readonly MessageQueue[]): Queues {
  for (const { topic } of queues) assertEquals(topic, "T");
  return queues.map(({ brokerName, queueId }) => [brokerName, queueId]);
}

/** As data of a caller's own, and as the body that a server sent. */
function readings(input: GoldenCase<string, unknown>["input"]): readonly TopicRouteData[] {
  const body = encodeUtf8(input);
  return [parseLenientJson(body) as TopicRouteData, parseTopicRoute(body)];
}
