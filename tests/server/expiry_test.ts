import { assertEquals } from "@std/assert";
import { requests } from "../../src/protocol.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";
import { brokerA } from "./brokers.ts";
import { FakeClock } from "./clock.ts";
import { Peer } from "./peer.ts";

async function brokersSeenBy(peer: Peer): Promise<readonly string[]> {
  const answer = await peer.ask(requests.getBrokerClusterInfo.encode());
  return Object.keys(requests.getBrokerClusterInfo.decode(answer, undefined).brokerAddrTable);
}

test("EmbeddedNameServer forgets a broker after heartbeatTimeoutMs, at the next look", async () => {
  const clock = new FakeClock();
  await using server = new EmbeddedNameServer({ now: clock.now });
  server.registerBroker(brokerA({ heartbeatTimeoutMs: 10_000 }));
  server.registerBroker(brokerA({ brokerName: "b", brokerAddr: "10.0.0.2:10911" }));
  using peer = await Peer.dial(server.adapter, server.address);
  clock.advance(10_000);
  assertEquals(await brokersSeenBy(peer), ["a", "b"]);
  clock.advance(4000); // it looks every 5 s
  assertEquals(await brokersSeenBy(peer), ["a", "b"]);
  clock.advance(1000);
  assertEquals(await brokersSeenBy(peer), ["b"]);
});

test("EmbeddedNameServer takes a heartbeat (904) and a version query (322) for signs of life", async () => {
  const clock = new FakeClock();
  await using server = new EmbeddedNameServer({ now: clock.now });
  const broker = brokerA({ heartbeatTimeoutMs: 10_000 });
  server.registerBroker(broker);
  using peer = await Peer.dial(server.adapter, server.address);
  clock.advance(9000);
  await peer.ask(requests.sendBrokerHeartbeat.encode(broker));
  clock.advance(9000);
  await peer.ask(requests.queryBrokerDataVersion.encode(broker));
  clock.advance(9000);
  assertEquals(await brokersSeenBy(peer), ["a"]);
  clock.advance(9000);
  assertEquals(await brokersSeenBy(peer), []);
});

test("EmbeddedNameServer closes the connection of a broker that expired", async () => {
  const clock = new FakeClock();
  await using server = new EmbeddedNameServer({ now: clock.now });
  using broker = await Peer.dial(server.adapter, server.address);
  await broker.ask(requests.registerBroker.encode(brokerA({ heartbeatTimeoutMs: 10_000 })));
  using peer = await Peer.dial(server.adapter, server.address);
  clock.advance(15_001);
  assertEquals(await brokersSeenBy(peer), []);
  assertEquals(await broker.frame(), null);
});

test("EmbeddedNameServer emulating 4.9.7 gives every broker 120 s, and looks every 10 s", async () => {
  const clock = new FakeClock();
  await using server = new EmbeddedNameServer({ now: clock.now, emulate: "4.9.7" });
  using broker = await Peer.dial(server.adapter, server.address);
  await broker.ask(requests.registerBroker.encode(brokerA({ heartbeatTimeoutMs: 10_000 })));
  clock.advance(110_000);
  assertEquals(await brokersSeenBy(broker), ["a"]);
  using peer = await Peer.dial(server.adapter, server.address);
  clock.advance(10_001);
  assertEquals(await brokersSeenBy(peer), []);
});

test("EmbeddedNameServer closes a connection without a word for serverChannelMaxIdleTimeSeconds", async () => {
  const clock = new FakeClock();
  await using server = new EmbeddedNameServer({ now: clock.now });
  using idle = await Peer.dial(server.adapter, server.address);
  using busy = await Peer.dial(server.adapter, server.address);
  await brokersSeenBy(idle);
  clock.advance(119_000);
  await brokersSeenBy(busy);
  await brokersSeenBy(idle);
  clock.advance(119_999);
  await brokersSeenBy(busy);
  clock.advance(1001);
  await brokersSeenBy(busy);
  assertEquals(await idle.frame(), null);
});

test("EmbeddedNameServer looks by itself, without a request", async () => {
  const clock = new FakeClock();
  await using server = new EmbeddedNameServer({ now: clock.now });
  using idle = await Peer.dial(server.adapter, server.address);
  clock.advance(120_000);
  assertEquals(await idle.frame(), null);
});

test("EmbeddedNameServer is not ready for waitSecondsForService after its start", async () => {
  const clock = new FakeClock();
  await using server = new EmbeddedNameServer({ now: clock.now, config: { needWaitForService: "true", waitSecondsForService: "45" } });
  using peer = await Peer.dial(server.adapter, server.address);
  const ask = async () => (await peer.ask(requests.queryTopicRouteInfo.encode("orders"))).remark?.slice(0, 21);
  clock.advance(44_999);
  assertEquals(await ask(), "name server not ready");
  clock.advance(1);
  assertEquals(await ask(), "No topic route info i");
});
