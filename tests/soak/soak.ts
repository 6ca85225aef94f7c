import { setTimeout as delay } from "node:timers/promises";
import { connect } from "../../mod.ts";
import { seededRandom } from "../fuzz/mutate.ts";
import { Health } from "./health.ts";
import { Load, TIMEOUT_MS } from "./load.ts";
import { LoopStalls } from "./loop_stalls.ts";
import { heapBytes, openDescriptors, settledDescriptors } from "./resources.ts";
import { drawUp, type Incident } from "./schedule.ts";
import type { SoakServer } from "./soak_server.ts";

/** How a soak runs. */
export interface SoakOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly callsPerSecond: number;
  readonly servers: readonly SoakServer[];
  /** Takes a line of what happens. */
  readonly log: (line: string) => void;
}

/** What came of it. */
export interface SoakResult {
  readonly load: Load;
  readonly stalls: LoopStalls;
  readonly healths: readonly Health[];
  readonly incidents: readonly Incident[];
  readonly span: { readonly from: number; readonly to: number };
  readonly events: ReadonlyMap<string, number>;
  /** Behind a full collection: when the client was warm, and at the end. */
  readonly heap: readonly (number | undefined)[];
  /** Before the client, with the client idle at the end, and when it was closed. */
  readonly descriptors: readonly (number | undefined)[];
}

const WARM_UP_MS = 2000;
/** An incident that comes later than planned would meet others that it was not planned for. */
const TOO_LATE_MS = 500;

/** Troubles servers under load. Judges nothing: see `verdict()`. */
export async function soak({ seconds, seed, callsPerSecond, servers, log }: SoakOptions): Promise<SoakResult> {
  const random = seededRandom(seed);
  const incidents = drawUp(seconds * 1000, servers.map(({ troubles }) => troubles), random);
  for (const incident of incidents) log(describe(incident, servers));
  const descriptors = [openDescriptors()];
  const client = await connect(servers.map(({ address }) => address), { timeoutMs: TIMEOUT_MS });
  const events = new Map<string, number>();
  const counting = count(client.events(), events);
  const load = new Load(client, random);
  await load.run(WARM_UP_MS, callsPerSecond);
  const heap = [heapBytes()];

  const stalls = new LoopStalls(), healths = servers.map((server) => new Health(server));
  for (const watch of [stalls, ...healths]) watch.start();
  const from = performance.now();
  await Promise.all([
    load.run(seconds * 1000, callsPerSecond),
    ...healths.map((health, server) => trouble(health, incidents.filter((incident) => incident.server === server), log)),
  ]);
  await delay(TIMEOUT_MS + 1000); // the last calls end
  const span = { from, to: performance.now() };
  stalls.stop();
  for (const health of healths) await health.stop();

  heap.push(heapBytes());
  const before = descriptors[0] ?? 0;
  descriptors.push(await settledDescriptors(before + servers.length));
  await client.close();
  await counting;
  descriptors.push(await settledDescriptors(before));
  return { load, stalls, healths, incidents, span, events, heap, descriptors };
}

async function trouble(health: Health, incidents: readonly Incident[], log: (line: string) => void): Promise<void> {
  const startedAt = performance.now();
  for (const { atMs, trouble, forMs } of incidents) {
    await delay(Math.max(0, startedAt + atMs - performance.now()));
    const began = performance.now();
    if (began - startedAt - atMs > TOO_LATE_MS) {
      log(`${at(began - startedAt)} ${health.server.name}: ${trouble} is left out, it took too long to come back`);
      continue;
    }
    await health.during(() => health.server.suffer(trouble, forMs));
    log(`${at(began - startedAt)} ${health.server.name}: ${trouble}, over after ${Math.round(performance.now() - began)} ms`);
  }
}

async function count(events: AsyncIterable<{ readonly type: string }>, counts: Map<string, number>): Promise<void> {
  for await (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1);
}

function describe({ atMs, server, trouble, forMs }: Incident, servers: readonly SoakServer[]): string {
  return `planned ${at(atMs)} ${servers[server]!.name}: ${trouble} for ${forMs} ms`;
}

function at(ms: number): string {
  return `${(ms / 1000).toFixed(2).padStart(7)} s`;
}
