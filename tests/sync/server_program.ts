/**
 * Embedded NameServers in a process of their own, since a caller that blocks could not serve itself. Commands come as lines of JSON on its
 * standard input, answers go as lines to its standard output: `server_program.ts`.
 */
import { type AddressInfo, connect } from "node:net";
import process from "node:process";
import { createInterface } from "node:readline";
import { createServer } from "node:tls";
import type { BrokerRegistration } from "../../src/model/broker_registration.ts";
import type { HeartbeatData } from "../../src/model/heartbeat_data.ts";
import { createResponse, decodeCommand, encodeCommand, type RemotingCommand } from "../../src/protocol.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { fromHex } from "../golden/hex.ts";
import { brokerA } from "../server/brokers.ts";
import { Relay } from "./relay.ts";
import type { Answer, Heard, Listed, ServerOrder } from "./server_order.ts";

const servers: EmbeddedNameServer[] = [];
const addresses: string[] = [];
const relays: Relay[] = [];

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await obey(JSON.parse(line) as ServerOrder)));
}
process.exit(0);

async function obey(order: ServerOrder): Promise<unknown> {
  const server = servers[order.server];
  switch (order.type) {
    case "start":
      return await start(order);
    case "list":
      server!.registerBroker(registrationOf(order.broker));
      return true;
    case "faults": {
      const { answer, ...faults } = order.faults;
      server!.setFaults(answer === undefined ? faults : { ...faults, answer: (request) => answerOf(answer, request) });
      return true;
    }
    case "tls":
      return await listenTls(addresses[order.server]!, order);
    case "relay":
      return await (relays[order.server] = new Relay()).listen(addresses[order.server]!);
    case "swallow":
      relays[order.server]!.swallow();
      return true;
    case "relayed":
      return relays[order.server]!.counts;
    case "received":
      return server!.received.map(({ code }) => code);
    case "heard":
      return server!.received.filter(({ code }) => code === 34 || code === 35).map(heardOf);
    case "drop":
      server!.dropConnections();
      return true;
    case "stop":
      await server!.setFaults({});
      await server![Symbol.asyncDispose]();
      return true;
  }
}

/** Server n has broker "bn", unless it is bare. */
async function start({ server: index, bare, port = 0 }: ServerOrder & { readonly type: "start" }): Promise<string> {
  const server = servers[index] = new EmbeddedNameServer();
  if (!bare) server.registerBroker(brokerA({ brokerName: `b${index}` }));
  return addresses[index] = (await server.listen({ port })).address;
}

function registrationOf({ topics, ...broker }: Listed): BrokerRegistration {
  const config = { readQueueNums: 4, writeQueueNums: 4, perm: 6, topicFilterType: "SINGLE_TAG", topicSysFlag: 0, order: false } as const;
  return {
    cluster: "c",
    ...broker,
    topics: Object.fromEntries(topics.map((topicName) => [topicName, { topicName, ...config }])),
    version: { stateVersion: 0, timestamp: Date.now(), counter: 1 },
  };
}

function heardOf({ code, extFields, body }: RemotingCommand): Heard {
  const { clientID, producerGroup, consumerGroup } = extFields;
  const groups = { producers: [producerGroup ?? []].flat(), consumers: [consumerGroup ?? []].flat() };
  if (code === 35) return { code, clientId: clientID!, ...groups, subscriptions: [] };
  const heartbeat = JSON.parse(new TextDecoder().decode(body)) as HeartbeatData;
  return {
    code,
    clientId: heartbeat.clientID,
    producers: heartbeat.producerDataSet.map(({ groupName }) => groupName),
    consumers: heartbeat.consumerDataSet.map(({ groupName }) => groupName),
    subscriptions: heartbeat.consumerDataSet.flatMap((each) =>
      each.subscriptionDataSet.map(({ topic, subString }) => `${topic} ${subString}`)
    ),
  };
}

/** Deciphers for a server that speaks in plain. */
async function listenTls(address: string, certificate: { readonly cert: string; readonly key: string }): Promise<string> {
  const listener = createServer(certificate, (stream) => {
    const server = connect(Number(address.split(":")[1]), "127.0.0.1");
    for (const side of [stream, server]) side.on("error", () => stream.destroy(void server.destroy()));
    stream.pipe(server).pipe(stream);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(listener.address() as AddressInfo).port}`;
}

function answerOf(answer: Answer, request: RemotingCommand): RemotingCommand | Uint8Array | undefined {
  switch (answer.type) {
    case "command":
      return createResponse(request, { code: answer.code, remark: answer.remark });
    case "body":
      return createResponse(request, { body: new TextEncoder().encode(answer.text.repeat(answer.times ?? 1)) });
    case "replay": {
      const recorded = decodeCommand(fromHex(answer.hex).subarray(4));
      return encodeCommand({ ...recorded, opaque: request.opaque }, answer.serialization);
    }
    case "bytes":
      return fromHex(answer.hex);
    case "wrongOpaque":
      return { ...createResponse(request), opaque: request.opaque + 1000 };
  }
}
