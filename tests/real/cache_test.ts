import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { connect, NameServerError } from "../../mod.ts";
import { eventually } from "../conformance/eventually.ts";
import { test } from "../harness.ts";
import { realTier, startNameServer, withCluster } from "./start.ts";

const VERSION = "5.3.3";
const TOPIC = "TBW102"; // every broker brings it along
const TTL_MS = 300, STALE_MS = 1500;
/** A broker makes itself known to a NameServer that was restarted when its time has come; 10 s is the shortest it can be told. */
const REGISTER_MS = 10_000;
const PATIENCE_MS = 60_000;

// In Deno alone: that calls fail and come back in every runtime is shown by faults_test.ts; what the cache makes of it has nothing of a runtime.
test("RouteCache gives old routes while no NameServer is left, up to staleMs, and fresh ones by itself when one is back", async () => {
  await withCluster({ version: VERSION, brokerConfig: { registerNameServerPeriod: REGISTER_MS } }, async ({ nameServers, brokers }) => {
    const [nameServer] = nameServers as [typeof nameServers[0]];
    await using lasting = await connect(nameServer.address, { routes: { ttlMs: TTL_MS } });
    await using brief = await connect(nameServer.address, { routes: { ttlMs: TTL_MS, staleMs: STALE_MS } });
    const route = await lasting.routes.get(TOPIC);
    await brief.routes.get(TOPIC);
    assertEquals(route.brokerDatas[0]?.brokerAddrs["0"], brokers[0]!.address);

    nameServer.kill("SIGKILL");
    await nameServer.exited;
    await eventually(() => Promise.resolve(lasting.routes.entry(TOPIC)?.state), (state) => state === "stale");
    assertStrictEquals(await lasting.routes.get(TOPIC), route);
    assert(lasting.routes.stats().staleAnswers > 0, "no answer counts as stale");
    await eventually(() => Promise.resolve(brief.routes.peek(TOPIC)), (kept) => kept === undefined);
    await assertRejects(() => brief.routes.get(TOPIC, { timeoutMs: 1000 }), NameServerError);
    assertStrictEquals(await lasting.routes.get(TOPIC), route);

    const restartedAt = Date.now();
    await using _restarted = await startNameServer({ version: VERSION, port: nameServer.port });
    const isBack = async () => {
      await lasting.routes.get(TOPIC); // in use; the cache itself asks again
      return lasting.routes.entry(TOPIC)!;
    };
    const entry = await eventually(isBack, ({ fetchedAt }) => fetchedAt > restartedAt, PATIENCE_MS);
    assertEquals([entry.fetchedAt > restartedAt, entry.server, entry.version], [true, nameServer.address, 1]);
    assertStrictEquals(entry.route, route);
  });
}, { ...realTier(), runtimes: ["deno"] });
