import { assertEquals, assertInstanceOf } from "@std/assert";
import { NameServerConnectionError, TopicNotFoundError } from "../../../src/errors.ts";
import { ResponseCode } from "../../../src/protocol/codes.ts";
import type { RemotingCommand } from "../../../src/protocol/command.ts";
import { encodeUtf8 } from "../../../src/protocol/utf8.ts";
import { brokerData, routeData } from "../../cli/routes.ts";
import { test } from "../../harness.ts";
import type { ScriptedConnection } from "../../remote/scripted_connection.ts";
import { ScriptedPeer } from "../../remote/scripted_peer.ts";
import { WatchWorld } from "./watch_world.ts";

const INTERVAL_MS = 30_000;
const ROUTE = encodeUtf8(JSON.stringify(routeData({ brokerDatas: [brokerData("a")] })));

/** Two servers; each knows the topic, denies it, or is down. */
class TwoServers {
  readonly peer: ScriptedPeer;
  a: "knows" | "denies" | "down" = "knows";
  b: "knows" | "denies" | "down" = "knows";

  constructor() {
    this.peer = new ScriptedPeer({ dial: (address) => this.#dial(address), serve: (request, to) => this.#serve(request, to) });
  }

  #of(address: string): "knows" | "denies" | "down" {
    return address === "a:1" ? this.a : this.b;
  }

  #dial(address: string): void {
    if (this.#of(address) === "down") throw new NameServerConnectionError("refused", { code: "NAMESRV_CONNECT", address });
  }

  #serve(request: RemotingCommand, connection: ScriptedConnection): void {
    connection.answer(request, this.#of(connection.address) === "knows" ? { body: ROUTE } : { code: ResponseCode.TOPIC_NOT_EXIST });
  }
}

function setUp(): { readonly servers: TwoServers; readonly world: WatchWorld } {
  const servers = new TwoServers();
  return { servers, world: new WatchWorld(["a:1", "b:1"], { adapter: servers.peer }) };
}

test("fault 67: watchTopicRoute() asks another server before it gives up a route, and says so", async () => {
  const { servers, world } = setUp();
  await using _world = world;
  const watch = world.watches.watchTopic("orders", {});
  await watch.next();
  const next = watch.next();
  servers.a = "denies";
  await world.timers.pollAfter(INTERVAL_MS);
  assertEquals(servers.peer.sent, ["a:1 105", "a:1 105", "b:1 105"]);
  assertEquals(world.warnings.map(({ about, address, topic }) => ({ about, address, topic })), [
    { about: "suspect-route", address: "a:1", topic: "orders" },
  ]);
  servers.b = "denies";
  world.timers.advance(INTERVAL_MS);
  assertEquals((await next).value.type, "removed");
});

test("fault 67: watchTopicRoute() does not believe one server for a minute where the others can't be asked", async () => {
  const { servers, world } = setUp();
  await using _world = world;
  servers.b = "down";
  const watch = world.watches.watchTopic("orders", {});
  await watch.next();
  servers.a = "denies";
  const doubtful = watch.next();
  world.timers.advance(INTERVAL_MS);
  const { value } = await doubtful;
  assertEquals(value.type, "error");
  assertInstanceOf(value.error, TopicNotFoundError);
  const next = watch.next();
  await world.timers.pollAfter(INTERVAL_MS);
  world.timers.advance(INTERVAL_MS);
  assertEquals((await next).value.type, "removed");
});

test("fault 67: watchTopicRoute() doubts anew after the route was there again", async () => {
  const { servers, world } = setUp();
  await using _world = world;
  servers.b = "down";
  const watch = world.watches.watchTopic("orders", {});
  await watch.next();
  const doubtful = watch.next();
  servers.a = "denies";
  world.timers.advance(INTERVAL_MS);
  assertEquals((await doubtful).value.type, "error");
  const next = watch.next();
  servers.a = "knows";
  await world.timers.pollAfter(INTERVAL_MS);
  servers.a = "denies";
  world.timers.advance(INTERVAL_MS);
  assertEquals((await next).value.type, "error");
});
