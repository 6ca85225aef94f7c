/**
 * What does a blocking client cost that has nothing to do? Processor time of this process, worker included, in 10 s behind a few calls. The floor
 * is one per cent of a core.
 *
 * @module
 */

import { connectSync } from "../src/sync.ts";
import { compare } from "./ground/compare.ts";
import type { Sample } from "./ground/compare.ts";
import { cpuSeconds, finish, programArgs } from "./ground/host.ts";

const IDLE_MS = 10_000;

const client = connectSync(`127.0.0.1:${programArgs()[0]}`);
const [comparison] = await compare({ ours: idle, floor: () => ({ "% of a core": 1 }), rounds: 3, warmUp: 1 });
finish([{ work: "10 s without a call", ...comparison!, bar: 0.5 }]);

async function idle(): Promise<Sample> {
  for (let i = 0; i < 100; i++) client.queryTopicRouteInfo("small");
  await new Promise((resolve) => setTimeout(resolve, 100)); // the compilers have a little left to do
  const cpu = cpuSeconds(), started = performance.now();
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  return { "% of a core": (cpuSeconds() - cpu) / (performance.now() - started) * 1e5 };
}
