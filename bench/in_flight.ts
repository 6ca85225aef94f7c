/**
 * How many questions fit on one connection, and what does each cost? Time and processor time a query with 64, 256 and 1,024 in flight, against
 * the runtime's own socket.
 *
 * @module
 */

import { connect } from "../mod.ts";
import type { AsyncNameServerClient } from "../mod.ts";
import { compare } from "./ground/compare.ts";
import type { Sample } from "./ground/compare.ts";
import type { Finding } from "./ground/finding.ts";
import { cpuSeconds, finish, programArgs } from "./ground/host.ts";
import { RawLoop } from "./ground/raw_loop.ts";
import { routeRequest } from "./ground/route_request.ts";

interface Load {
  readonly topic: "small" | "mid";
  readonly depth: number;
  /** Queries a round: enough for some ten milliseconds. */
  readonly count: number;
}

const LOADS: readonly Load[] = [
  { topic: "small", depth: 64, count: 6000 },
  { topic: "small", depth: 256, count: 8000 },
  { topic: "small", depth: 1024, count: 12_000 },
  { topic: "mid", depth: 64, count: 1500 },
];

const port = Number(programArgs()[0]);
const client: AsyncNameServerClient = await connect(`127.0.0.1:${port}`);
const findings: Finding[] = [];
for (const load of LOADS) findings.push(...await measure(load));
finish(findings);

async function measure({ topic, depth, count }: Load): Promise<readonly Finding[]> {
  const loop = await RawLoop.open(port, routeRequest(topic));
  const comparisons = await compare({
    ours: () => timed(count, () => ask(topic, count, depth)),
    floor: () => timed(count, () => loop.inFlight(count, depth)),
    rounds: 16,
    warmUp: 6,
  });
  loop.close();
  return comparisons.map((comparison) => ({ work: `${topic}, ${depth} in flight`, ...comparison }));
}

async function timed(count: number, work: () => Promise<void>): Promise<Sample> {
  const cpu = cpuSeconds();
  const started = performance.now();
  await work();
  const us = (performance.now() - started) * 1000;
  return { "µs a query": us / count, "CPU s a 100k": (cpuSeconds() - cpu) / count * 1e5 };
}

async function ask(topic: string, count: number, depth: number): Promise<void> {
  let left = count;
  const caller = async (): Promise<void> => {
    while (left-- > 0) await client.queryTopicRouteInfo(topic);
  };
  await Promise.all(Array.from({ length: depth }, caller));
}
