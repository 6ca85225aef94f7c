/**
 * What do 10,000 topics cost that are kept fresh? Processor time of this process, in per cent of a core, as if `ttlMs` were 30 s: it is a
 * tenth of that here, so that a round takes no half minute. The floor is the one per cent that it may cost.
 *
 * @module
 */

import { connect } from "../mod.ts";
import { compare } from "./ground/compare.ts";
import type { Sample } from "./ground/compare.ts";
import { cpuSeconds, finish, programArgs } from "./ground/host.ts";

const TOPICS = Array.from({ length: 10_000 }, (_, i) => `topic-${i}`);
const TTL_MS = 3000;
/** How many times slower it is with the default of `ttlMs`. */
const SLOWER = 30_000 / TTL_MS;

const client = await connect(`127.0.0.1:${programArgs()[0]}`, {
  routes: { ttlMs: TTL_MS },
  // The responder knows four topics
  signRequest: (command) => ({ ...command, extFields: { topic: "small" } }),
});
await Promise.all(TOPICS.map((topic) => client.routes.get(topic)));

const [comparison] = await compare({ ours: keepFresh, floor: () => ({ "% of a core": 1 }), rounds: 5, warmUp: 1 });
const { unchanged, staleAnswers } = client.routes.stats();
if (staleAnswers > 0 || unchanged < TOPICS.length) throw new Error(`Cannot measure kept_fresh: ${JSON.stringify(client.routes.stats())}`);
finish([{ work: "10,000 topics at 30 s", ...comparison!, bar: 1 }]);

/** One interval in which every topic is used twice. */
async function keepFresh(): Promise<Sample> {
  const cpu = cpuSeconds(), started = performance.now();
  for (let half = 0; half < 2; half++) {
    for (const topic of TOPICS) client.routes.peek(topic);
    await new Promise((resolve) => setTimeout(resolve, TTL_MS / 2));
  }
  const share = (cpuSeconds() - cpu) / (performance.now() - started) * 1e5;
  return { "% of a core": share / SLOWER };
}
