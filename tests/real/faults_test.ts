import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import { setTimeout as delay } from "node:timers/promises";
import { connect, NameServerUnavailableError, type RemoteEvent, TopicNotFoundError } from "../../mod.ts";
import { test } from "../harness.ts";
import { RouteLoad } from "./route_load.ts";
import { type JavaServer, realTier, startNameServer, withCluster } from "./start.ts";

const VERSION = "5.3.3";
const TOPIC = "TBW102"; // every broker brings it along
const CALLS_PER_SECOND = 200;
const TIMEOUT_MS = 3000;
/** The longest backoff; and some more, since the machine may be busy. */
const BACKOFF_CAP_MS = 3000, SLACK_MS = 3000;

test("reads survive a frozen and a killed server of two, and are back when both were restarted", async () => {
  await withCluster({ version: VERSION, nameServers: 2 }, async ({ nameServers }) => {
    const [first, second] = nameServers as [JavaServer, JavaServer];
    const client = await connect([first.address, second.address], { timeoutMs: TIMEOUT_MS });
    const events: RemoteEvent[] = [];
    const reading = (async () => {
      for await (const event of client.events()) events.push(event);
    })();
    const load = new RouteLoad(client, TOPIC, CALLS_PER_SECOND);
    load.start();
    await delay(500);
    assertEquals(movesOf(events), []);

    first.freeze();
    await delay(TIMEOUT_MS / 2 + 1500); // the slice of the first server, and a while at the second
    first.thaw();
    assertEquals(load.failed(), []);
    assert(movesOf(events).includes(`${first.address} → ${second.address}`), movesOf(events).join());

    const killedAt = performance.now();
    second.kill("SIGKILL");
    await second.exited;
    await delay(1500);
    assertEquals(load.failed(), []);
    assert(load.reads.some(({ from }) => from > killedAt), "nothing was read behind the kill");
    assert(movesOf(events).includes(`${second.address} → ${first.address}`), movesOf(events).join());

    const allDownAt = performance.now();
    await first.stop();
    await second.stop();
    await delay(500);
    const restarted = await restart([first.port, second.port]);
    try {
      const upAt = performance.now();
      await delay(BACKOFF_CAP_MS);
      await load.stop();
      assertFailedWhileDown(load, [first.address, second.address], allDownAt, upAt);
      const backAt = Math.min(...load.reads.filter((read) => read.to > upAt && isAnswered(read)).map(({ to }) => to));
      assert(backAt - upAt <= BACKOFF_CAP_MS + SLACK_MS, `the first read was answered after ${backAt - upAt} ms`);
    } finally {
      await client.close();
      await reading;
      await Promise.all(restarted.map((server) => server.stop()));
    }
  });
}, realTier());

/** In their places. A broker makes itself known to them again when its time has come: until then they know no topic. */
async function restart(ports: readonly number[]): Promise<readonly JavaServer[]> {
  return await Promise.all(ports.map((port) => startNameServer({ version: VERSION, port })));
}

/** From whom to whom calls went on. */
function movesOf(events: readonly RemoteEvent[]): readonly string[] {
  return events.flatMap((event) => event.type === "failover" ? [`${event.from} → ${event.to}`] : []);
}

function isAnswered({ error }: { readonly error?: unknown }): boolean {
  return error === undefined || error instanceof TopicNotFoundError;
}

/** With nobody left, reads failed at once rather than by their deadline, and said why for each server. */
function assertFailedWhileDown(load: RouteLoad, addresses: readonly string[], from: number, to: number): void {
  const failed = load.failed(from, to).filter((read) => !isAnswered(read));
  assert(failed.length > 0, "no read failed although no server was left");
  const { error } = failed.at(-1)!;
  assertInstanceOf(error, NameServerUnavailableError);
  assertEquals(new Set(error.errors.map(({ address }) => address)).size, addresses.length);
  for (const address of addresses) assert(error.message.includes(address), error.message);
}
