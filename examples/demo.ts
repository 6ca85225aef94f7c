/**
 * A NameServer inside this process, two brokers, and what a client gets to know of them over TCP; nothing to install.
 *
 *   deno task demo
 */

import { main } from "@rmq/nameserver/cli";
import { EmbeddedNameServer } from "@rmq/nameserver/testing";

await using server = new EmbeddedNameServer();
const { address } = await server.listen();
console.log(`A NameServer inside this process listens on ${address}.`);

server.registerBroker(broker("broker-a", 0, "10.0.0.1:10911"));
server.registerBroker(broker("broker-a", 1, "10.0.0.2:10911"));
server.registerBroker(broker("broker-b", 0, "10.0.0.3:10911"));
console.log("Two brokers register with it: broker-a, a master and its slave, and broker-b, a master alone.");

console.log('\nWhere does a producer send messages of the topic "orders", and where does a consumer fetch them?');
await namesrv("route", "orders");
console.log("\nWhich brokers are there at all?");
await namesrv("cluster");
console.log("\nThat was all: the NameServer stops with this process.");

/** A broker as it registers, with one topic. */
function broker(brokerName: string, brokerId: number, brokerAddr: string): Parameters<typeof server.registerBroker>[0] {
  const topicName = "orders";
  const queues = { readQueueNums: 4, writeQueueNums: 4, perm: 6 };
  const orders = { topicName, ...queues, topicFilterType: "SINGLE_TAG", topicSysFlag: 0, order: false } as const;
  const version = { stateVersion: 0, timestamp: Date.now(), counter: 1 };
  return { cluster: "DefaultCluster", brokerName, brokerId, brokerAddr, topics: { orders }, version };
}

/** What a shell would run, asked over TCP. */
async function namesrv(...args: readonly string[]): Promise<void> {
  console.log(`\n$ namesrv ${args.join(" ")} -n ${address}`);
  const status = await main([...args, "-n", address]);
  if (status !== 0) throw new Error(`Cannot show: namesrv ended with ${status}`);
}
