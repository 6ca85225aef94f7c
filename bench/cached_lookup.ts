/**
 * What does a route cost that is kept? `peek` and `await get` of 100 topics in turn against a look into a `Map` of the same topics; a refresh
 * that finds the same bytes against reading them (`parseTopicRoute`).
 *
 * @module
 */

import { connect } from "../mod.ts";
import { completeCacheOptions } from "../src/client/cache/options.ts";
import { RouteEntries } from "../src/client/cache/route_entries.ts";
import { parseTopicRoute } from "../src/protocol.ts";
import { EmbeddedNameServer } from "../src/testing.ts";
import { compare } from "./ground/compare.ts";
import type { Sample } from "./ground/compare.ts";
import type { Finding } from "./ground/finding.ts";
import { finish } from "./ground/host.ts";
import { cannedBody } from "./responder/bodies.ts";

const TOPICS = Array.from({ length: 100 }, (_, i) => `topic-${i}`);
/** Looks a round: some ten milliseconds. */
const LOOKS = 200_000;
/** Answers a round. */
const ANSWERS = 2000;

const server = new EmbeddedNameServer();
for (const topic of TOPICS) server.setTopicRoute(topic, parseTopicRoute(cannedBody("small", 0).standard));
const client = await connect(server.address, { adapter: server.adapter });
const routes = await Promise.all(TOPICS.map((topic) => client.routes.get(topic)));
const map = new Map(TOPICS.map((topic, i) => [topic, routes[i]!]));

const findings: Finding[] = [
  await lookups("peek", () => look((topic) => client.routes.peek(topic))),
  await lookups("await get", async () => {
    const started = performance.now();
    for (let i = 0; i < LOOKS; i++) await client.routes.get(TOPICS[i % TOPICS.length]!);
    return ns(started, LOOKS);
  }),
];
for (const topic of ["small", "large"] as const) findings.push(await refresh(topic));
finish(findings);

async function lookups(work: string, ours: () => Sample | Promise<Sample>): Promise<Finding> {
  const [comparison] = await compare({ ours, floor: () => look((topic) => map.get(topic)), rounds: 12, warmUp: 6 });
  return { work, ...comparison! };
}

function look(find: (topic: string) => unknown): Sample {
  let found = 0;
  const started = performance.now();
  for (let i = 0; i < LOOKS; i++) if (find(TOPICS[i % TOPICS.length]!) !== undefined) found++;
  if (found !== LOOKS) throw new Error("Cannot measure cached lookup: a topic is not kept");
  return ns(started, LOOKS);
}

async function refresh(topic: "small" | "large"): Promise<Finding> {
  const body = cannedBody(topic, 0).standard;
  const entries = new RouteEntries(completeCacheOptions());
  // Two runs of bytes, as a server sends them anew each time
  const answers = [0, 1].map(() => ({ body: body.slice(), server: "10.0.0.1:9876" }));
  entries.accept(topic, answers[0]!, { now: 0, epochMs: 0 });
  const count = topic === "small" ? ANSWERS : ANSWERS / 100;
  const [comparison] = await compare({
    ours: () => timed(count, (i) => entries.accept(topic, answers[i % 2]!, { now: i, epochMs: i })),
    floor: () => timed(count, () => parseTopicRoute(body)),
    rounds: 16,
    warmUp: 8,
  });
  return { work: `unchanged refresh, ${topic}`, ...comparison!, bar: 0.05 };
}

function timed(count: number, work: (i: number) => unknown): Sample {
  const started = performance.now();
  for (let i = 0; i < count; i++) work(i);
  return ns(started, count);
}

function ns(started: number, count: number): Sample {
  return { "ns each": ((performance.now() - started) * 1e6) / count };
}
