import { assert, assertEquals, assertInstanceOf, assertStrictEquals } from "@std/assert";
import type { CacheWarning } from "../../../src/client/cache/cache_warning.ts";
import { type Fetched, fetchRoute, type Told } from "../../../src/client/cache/fetch_route.ts";
import { completeCacheOptions } from "../../../src/client/cache/options.ts";
import { RouteEntries } from "../../../src/client/cache/route_entries.ts";
import {
  NameServerClosedError,
  NameServerConnectionError,
  NameServerDataParseError,
  NameServerResponseError,
  TopicNotFoundError,
} from "../../../src/errors.ts";
import { createRequest } from "../../../src/protocol/command.ts";
import { test } from "../../harness.ts";
import { bodyOf, routeOf } from "./bodies.ts";

const DOWN = new NameServerConnectionError("Cannot dial", { code: "NAMESRV_CONNECT" });

/** What servers say, by address; `"*"` is whichever is best. */
type Script = Readonly<Record<string, Told>>;

const has = (server: string, ...brokers: readonly string[]): Told => ({
  response: { ...createRequest(0, { body: bodyOf(routeOf(brokers)) }), address: server },
});
const denies = (server: string): Told => ({ response: { ...createRequest(17), remark: "no topic", address: server } });
const failing: Told = { error: DOWN };

/** A cache and servers that are played by the test. */
class Play {
  readonly entries = new RouteEntries(completeCacheOptions({ ttlMs: 100, staleMs: 1_000_000 }));
  readonly warnings: CacheWarning[] = [];
  asked: string[] = [];
  now = 0;

  /** One fetch of topic "t". */
  fetch(script: Script, addresses: readonly string[] = ["a:1", "b:1", "c:1"]): Fetched | Error {
    this.asked = [];
    const steps = fetchRoute("t", {
      entries: this.entries,
      addresses: () => addresses,
      time: () => ({ now: this.now, epochMs: this.now }),
      report: (warning) => this.warnings.push(warning),
    });
    try {
      let step = steps.next();
      while (!step.done) {
        const { address = "*" } = step.value;
        this.asked.push(address);
        step = steps.next(script[address]!);
      }
      return step.value;
    } catch (error) {
      return error as Error;
    }
  }

  get kept(): readonly string[] | undefined {
    return this.entries.find("t", this.now)?.route.brokerDatas.map(({ brokerName }) => brokerName);
  }
}

test("fetchRoute() asks whichever server is best, and keeps what it says", () => {
  const play = new Play();
  const fetched = play.fetch({ "*": has("b:1", "x") }) as Fetched;
  assertEquals([fetched.confirmed, fetched.kept.server, play.asked, play.kept], [true, "b:1", ["*"], ["x"]]);
});

test("fetchRoute() believes one server that there is no such topic where nothing is kept", () => {
  const play = new Play();
  const error = play.fetch({ "*": denies("a:1") });
  assertInstanceOf(error, TopicNotFoundError);
  assertEquals([play.asked, play.warnings], [["*"], []]);
  assertStrictEquals(play.entries.denial("t", 0), error);
});

test("fault 67: fetchRoute() asks another server before it gives up a route, first the one that gave it, and says so", () => {
  const play = new Play();
  play.fetch({ "*": has("c:1", "x") });
  const { kept, confirmed } = play.fetch({ "*": denies("a:1"), "c:1": has("c:1", "y") }) as Fetched;
  assertEquals([confirmed, kept.version, play.kept, play.asked], [true, 2, ["y"], ["*", "c:1"]]);
  assertEquals(play.warnings, [{
    type: "warning",
    about: "suspect-route",
    message: 'Kept the route of topic "t": "a:1" knows no such topic, but "c:1" does',
    address: "a:1",
    topic: "t",
  }]);
});

test("fault 67: fetchRoute() gives a route up when a second server agrees, and remembers it", () => {
  const play = new Play();
  play.fetch({ "*": has("a:1", "x") });
  const error = play.fetch({ "*": denies("a:1"), "b:1": failing, "c:1": denies("c:1") });
  assertInstanceOf(error, TopicNotFoundError);
  assertEquals([play.asked, error.address, play.kept, play.warnings], [["*", "b:1", "c:1"], "c:1", undefined, []]);
  assertStrictEquals(play.entries.denial("t", 0), error);
});

for (const [what, addresses] of [["with one server only", ["a:1"]], ["while no other can be asked", ["a:1", "b:1"]]] as const) {
  test(`fault 67: fetchRoute() keeps an old route for a minute ${what}, says so once, and then believes the server`, () => {
    const play = new Play();
    play.fetch({ "*": has("a:1", "x") });
    const script = { "*": denies("a:1"), "b:1": failing };
    for (play.now = 1000; play.now < 61_000; play.now += 15_000) {
      const { confirmed } = play.fetch(script, addresses) as Fetched;
      assertEquals([confirmed, play.kept, play.warnings.length], [false, ["x"], 1]);
    }
    assertEquals(
      play.warnings[0]?.message,
      'Kept the old route of topic "t": "a:1" knows no such topic, and no other server could be asked',
    );
    assertInstanceOf(play.fetch(script, addresses), TopicNotFoundError);
    assertEquals(play.kept, undefined);
  });
}

test("fetchRoute() begins to doubt anew after a server has known the topic again", () => {
  const play = new Play();
  play.fetch({ "*": has("a:1", "x") });
  play.fetch({ "*": denies("a:1") }, ["a:1"]);
  play.now = 50_000;
  play.fetch({ "*": has("a:1", "x") });
  play.now = 70_000;
  assertEquals((play.fetch({ "*": denies("a:1") }, ["a:1"]) as Fetched).confirmed, false);
});

const NO_ANSWERS: Readonly<Record<string, readonly [Told, new (...args: never) => Error]>> = {
  "no server answers": [failing, NameServerConnectionError],
  "the answer is an error": [{ response: createRequest(1) }, NameServerResponseError],
  "the body is no route": [{ response: createRequest(0) }, NameServerDataParseError],
};

for (const [what, [told, kind]] of Object.entries(NO_ANSWERS)) {
  test(`fault 9: fetchRoute() keeps the old route where ${what}, and fails where there is none`, () => {
    const play = new Play();
    assert(play.fetch({ "*": told }) instanceof kind);
    play.fetch({ "*": has("a:1", "x") });
    play.now = 500;
    assertEquals([(play.fetch({ "*": told }) as Fetched).confirmed, play.kept], [false, ["x"]]);
    play.now = 1_000_000;
    assert(play.fetch({ "*": told }) instanceof kind);
  });
}

test("fetchRoute() of a client that was closed fails, whatever is kept", () => {
  const play = new Play();
  const closed: Told = { error: new NameServerClosedError("closed") };
  play.fetch({ "*": has("a:1", "x") });
  assertInstanceOf(play.fetch({ "*": closed }), NameServerClosedError);
  assertInstanceOf(play.fetch({ "*": denies("a:1"), "b:1": closed }), NameServerClosedError);
});

test("fetchRoute() names server and operation of a body that is no route", () => {
  const play = new Play();
  const error = play.fetch({ "*": { response: { ...createRequest(0), address: "a:1" } } });
  assertInstanceOf(error, NameServerDataParseError);
  assertEquals([error.address, error.operation], ["a:1", "queryTopicRouteInfo"]);
});
