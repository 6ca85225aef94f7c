import { assert, assertEquals } from "@std/assert";
import { seededRandom } from "../fuzz/mutate.ts";
import { test } from "../harness.ts";
import { drawUp, type Incident, type Trouble } from "./schedule.ts";

const ALL: readonly Trouble[] = ["kill", "restart empty", "freeze", "slow", "garbage"];
const SERVERS = [ALL, ALL, ["kill", "restart empty", "freeze"]] as const;

function overlap(a: Incident, b: Incident): boolean {
  return a.atMs < b.atMs + b.forMs && b.atMs < a.atMs + a.forMs;
}

test("drawUp() gives the same schedule for the same seed, in order of time", () => {
  const [one, same, other] = [7, 7, 8].map((seed) => drawUp(60_000, SERVERS, seededRandom(seed)));
  assertEquals(one, same);
  assert(JSON.stringify(one) !== JSON.stringify(other));
  assertEquals(one!.map(({ atMs }) => atMs), one!.map(({ atMs }) => atMs).sort((a, b) => a - b));
});

test("drawUp() never troubles all servers at once, but for short blackouts, and none twice at a time", () => {
  for (let seed = 0; seed < 50; seed++) {
    const incidents = drawUp(60_000, SERVERS, seededRandom(seed));
    for (const incident of incidents) {
      assert(incident.forMs <= 3000);
      const others = incidents.filter((other) => other !== incident && overlap(incident, other));
      const troubled = new Set(others.map(({ server }) => server));
      assert(!troubled.has(incident.server), `server ${incident.server} is troubled twice at ${incident.atMs}`);
      assert(troubled.size < 2 || incident.forMs < 1200, `all are troubled at ${incident.atMs} for ${incident.forMs} ms`);
    }
  }
});

test("drawUp() lets each server have all that it can suffer, and nothing else", () => {
  const incidents = drawUp(600_000, SERVERS, seededRandom(1));
  for (const [server, possible] of SERVERS.entries()) {
    const suffered = new Set(incidents.filter((incident) => incident.server === server).map(({ trouble }) => trouble));
    assertEquals([...suffered].sort(), [...possible].sort());
  }
});
