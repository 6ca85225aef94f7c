import { assert, assertEquals, assertRejects } from "@std/assert";
import { AsyncNameServerClient, createRemote, TopicNotFoundError } from "../../mod.ts";
import { createRequest } from "../../src/protocol.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { goldenCases } from "../golden/golden_cases.ts";
import { test } from "../harness.ts";
import { brokerA, topicConfig } from "./brokers.ts";

interface Asked {
  readonly code: number;
  readonly ext?: Readonly<Record<string, string>>;
  readonly body?: string;
}
interface Reply {
  readonly code?: number;
  readonly ext?: Readonly<Record<string, string>>;
  readonly remark?: string;
  readonly remarkContains?: string;
}
type Step = readonly [what: "reg" | "unreg", cluster: string, brokerName: string, brokerId: number, brokerAddr: string];
interface Route {
  readonly topic: string;
  readonly brokers?: number;
  readonly queues?: number;
  readonly addrs?: Readonly<Record<string, string>>;
  readonly code?: number;
}

function clientOf(server: EmbeddedNameServer): AsyncNameServerClient {
  return new AsyncNameServerClient(createRemote(server.address, { adapter: server.adapter }));
}

for (const { name, input, expected } of goldenCases<Asked, Reply>("server-reply")) {
  test(`EmbeddedNameServer replies as the case "${name}" says`, async () => {
    await using server = new EmbeddedNameServer();
    server.registerBroker(brokerA()); // two topics
    await using client = clientOf(server);
    const body = new TextEncoder().encode(input.body ?? "");
    const answer = await client.remote.request(createRequest(input.code, { extFields: { brokerName: "a", ...input.ext }, body }));
    assertEquals(answer.code, expected.code ?? 0);
    if (expected.remark !== undefined) assertEquals(answer.remark, expected.remark);
    assert(answer.remark?.includes(expected.remarkContains ?? "") ?? expected.remarkContains === undefined, answer.remark);
    assertEquals({ ...answer.extFields }, expected.ext ?? {});
  });
}

for (const { name, input, expected } of goldenCases<readonly Step[], Route>("server-scenario")) {
  test(`EmbeddedNameServer ends where the case "${name}" ends`, async () => {
    await using server = new EmbeddedNameServer({ config: { supportActingMaster: "true" } });
    await using client = clientOf(server);
    for (const [what, cluster, brokerName, brokerId, brokerAddr] of input) {
      const broker = { cluster, brokerName, brokerId, brokerAddr };
      const topics = { [expected.topic]: topicConfig(expected.topic) };
      if (what === "reg") server.registerBroker(brokerA({ ...broker, enableActingMaster: true, topics }));
      else await client.unregisterBroker(broker);
    }
    if (expected.code === 17) {
      await assertRejects(() => client.queryTopicRouteInfo(expected.topic), TopicNotFoundError);
      return;
    }
    const route = await client.queryTopicRouteInfo(expected.topic);
    if (expected.brokers !== undefined) {
      assertEquals([route.brokerDatas.length, route.queueDatas.length], [expected.brokers, expected.queues]);
    }
    if (expected.addrs !== undefined) assertEquals({ ...route.brokerDatas[0]!.brokerAddrs }, expected.addrs);
  });
}
