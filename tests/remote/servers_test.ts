import { assertEquals } from "@std/assert";
import { Servers } from "../../src/remote/servers.ts";
import { goldenCases } from "../golden/golden_cases.ts";
import { test } from "../harness.ts";

const NONE: ReadonlySet<string> = new Set();
const ABC = ["a:1", "b:1", "c:1"];

/** Servers whose n-th failure in a row keeps them away for n × 100 ms. */
function servers(addresses: readonly string[] = ABC): Servers {
  return new Servers(addresses, (failures) => failures * 100);
}

/** The order in which a call that starts at `now` would go through all servers. */
function order(list: Servers, now: number): readonly (string | undefined)[] {
  const tried = new Set<string>();
  return list.addresses.map(() => {
    const address = list.untried(tried, now);
    if (address !== undefined) tried.add(address);
    return address;
  });
}

test("Servers asks in the order given while nothing is known", () => {
  assertEquals(servers().first(0), { address: "a:1", waitMs: 0 });
  assertEquals(order(servers(), 0), ABC);
});

test("Servers asks the one that answered last first, then the others in order", () => {
  const list = servers();
  list.succeeded("c:1");
  assertEquals(list.first(0)?.address, "c:1");
  assertEquals(order(list, 0), ["c:1", "a:1", "b:1"]);
  list.succeeded("b:1");
  assertEquals(order(list, 0), ["b:1", "a:1", "c:1"]);
});

test("Servers asks one that failed last, until its backoff has passed", () => {
  const list = servers();
  list.failed("a:1", 1000);
  assertEquals(order(list, 1000), ["b:1", "c:1", "a:1"]);
  assertEquals(order(list, 1099), ["b:1", "c:1", "a:1"]);
  assertEquals(order(list, 1100), ABC);
});

test("Servers forgets a failure when the server answers", () => {
  const list = servers();
  list.failed("a:1", 0);
  list.failed("a:1", 150);
  assertEquals(list.failuresOf("a:1"), 2);
  list.succeeded("a:1");
  assertEquals([list.failuresOf("a:1"), list.soonest(NONE, 151)], [0, { address: "a:1", waitMs: 0 }]);
});

test("Servers does not stick to the one that answered last once it fails", () => {
  const list = servers();
  list.succeeded("c:1");
  list.failed("c:1", 0);
  assertEquals(list.first(0)?.address, "a:1");
});

test("Servers asks the one whose backoff ends first, where all are backing off", () => {
  const list = servers();
  for (const [address, at] of [["a:1", 50], ["b:1", 10], ["c:1", 30]] as const) list.failed(address, at);
  assertEquals(order(list, 60), ["b:1", "c:1", "a:1"]);
  assertEquals(list.first(60), { address: "b:1", waitMs: 0 }); // a new call does not wait
  assertEquals(list.soonest(NONE, 60), { address: "b:1", waitMs: 50 });
  assertEquals(list.soonest(NONE, 500), { address: "b:1", waitMs: 0 });
});

test("Servers.failed() counts failures in a row, and those of one moment once", () => {
  const list = servers();
  for (let call = 0; call < 100; call++) list.failed("a:1", 0); // a connection with a hundred calls was lost
  assertEquals(list.failuresOf("a:1"), 1);
  assertEquals(order(list, 100), ABC);
  list.failed("a:1", 100);
  assertEquals(list.failuresOf("a:1"), 2);
  assertEquals(order(list, 299), ["b:1", "c:1", "a:1"]);
  assertEquals(order(list, 300), ABC);
});

test("Servers.countUntried() counts servers of the list only", () => {
  const list = servers();
  assertEquals(list.countUntried(NONE), 3);
  assertEquals(list.countUntried(new Set(["b:1", "gone:1"])), 2);
});

test("Servers.untried() gives nobody where all were tried", () => {
  const list = servers();
  list.succeeded("b:1");
  assertEquals(list.untried(new Set(ABC), 0), undefined);
});

test("Servers takes no notice of what becomes of calls at a server that has left the list", () => {
  const list = servers();
  list.replace(["b:1"]);
  list.succeeded("a:1");
  assertEquals(list.first(0)?.address, "b:1");
  list.failed("a:1", 0);
  assertEquals(list.failuresOf("a:1"), 0);
});

test("Servers.soonest() leaves out whom it is told to", () => {
  const list = servers(["a:1", "b:1"]);
  list.failed("b:1", 0);
  assertEquals(list.soonest(new Set(["a:1"]), 0), { address: "b:1", waitMs: 100 });
  assertEquals(list.soonest(new Set(["a:1", "b:1"]), 0), undefined);
});

test("Servers.replace() keeps what is known of those that stay, and forgets those that go", () => {
  const list = servers();
  list.failed("a:1", 0);
  list.failed("b:1", 0);
  list.succeeded("c:1");
  list.replace(["d:1", "a:1"]);
  assertEquals(list.addresses, ["d:1", "a:1"]);
  assertEquals(order(list, 0), ["d:1", "a:1"]);
  assertEquals([list.failuresOf("a:1"), list.failuresOf("b:1")], [1, 0]);
  assertEquals(list.first(0)?.address, "d:1");
});

interface FailoverCase {
  readonly servers: readonly string[];
  readonly available: readonly string[];
  readonly circuitOpen: readonly string[];
}

for (const { name, input, expected } of goldenCases<FailoverCase, readonly string[]>("failover-order")) {
  // Others leave out who failed. Here they come last, since a server that may be back is worth more than none.
  test(`Servers asks first whom the recorded case ${name} asks at all, and the others behind`, () => {
    const list = servers(input.servers);
    const out = input.servers.filter((address) => !input.available.includes(address) || input.circuitOpen.includes(address));
    for (const address of out) list.failed(address, 0);
    assertEquals(order(list, 0), [...expected, ...out]);
  });
}

test("Servers.allFailing is true while no server answers", () => {
  const list = servers(["a:1", "b:1"]);
  list.failed("a:1", 0);
  assertEquals(list.allFailing, false);
  list.failed("b:1", 0);
  assertEquals(list.allFailing, true);
  list.succeeded("b:1");
  assertEquals(list.allFailing, false);
});
