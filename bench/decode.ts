/**
 * What does it cost to turn a body into typed data? `parseTopicRoute` and `parseClusterInfo` against the engine's own `TextDecoder` and
 * `JSON.parse`, which give untyped data and read the standard form only; so fastjson's form is held against its standard twin.
 *
 * @module
 */

import { parseClusterInfo, parseTopicRoute } from "../src/protocol.ts";
import { compare } from "./ground/compare.ts";
import type { Sample } from "./ground/compare.ts";
import type { Finding } from "./ground/finding.ts";
import { finish } from "./ground/host.ts";
import { CANNED_TOPICS, cannedBody } from "./responder/bodies.ts";
import type { CannedBody, CannedTopic } from "./responder/bodies.ts";

/** What the project wants to stay under. */
const BARS: Readonly<Record<keyof CannedBody, number>> = { standard: 1.3, fastjson: 1.5 };
/** Bodies that take turns: an engine may keep what it made of text it saw a moment ago, and a server's next answer is another. */
const VARIANTS = 8;
/** Bytes decoded a round: some ten milliseconds. */
const ROUND_BYTES = 2_000_000;

const decoder = new TextDecoder();
const findings: Finding[] = [];
for (const topic of CANNED_TOPICS) {
  for (const form of ["standard", "fastjson"] as const) {
    findings.push(await measure(topic, form));
  }
}
finish(findings);

async function measure(topic: CannedTopic, form: keyof CannedBody): Promise<Finding> {
  const bodies = Array.from({ length: VARIANTS }, (_, variant) => cannedBody(topic, variant));
  const parse = topic === "cluster" ? parseClusterInfo : parseTopicRoute;
  for (const body of bodies) {
    checkSame(parse(body[form]), native(body.standard), `${topic}, ${form}`);
  }
  const [comparison] = await compare({
    ours: () => timed(bodies.map((body) => body[form]), parse),
    floor: () => timed(bodies.map((body) => body.standard), native),
    rounds: 16,
    warmUp: 8,
  });
  return { work: `${topic}, ${form}`, ...comparison!, bar: BARS[form] };
}

function native(body: Uint8Array): unknown {
  return JSON.parse(decoder.decode(body));
}

function timed(bodies: readonly Uint8Array[], parse: (body: Uint8Array) => unknown): Sample {
  const turns = Math.max(1, Math.round(ROUND_BYTES / bodies[0]!.length / VARIANTS));
  let last: unknown; // looked at below, so that no compiler finds the work useless
  const started = performance.now();
  for (let turn = 0; turn < turns; turn++) {
    for (const body of bodies) last = parse(body);
  }
  const us = (performance.now() - started) * 1000;
  if (last === undefined) throw new Error("Cannot measure decode: nothing was decoded");
  return { "µs a body": us / (turns * VARIANTS) };
}

/** A decoder that is fast because it leaves something out is of no use. */
function checkSame(ours: unknown, theirs: unknown, work: string): void {
  if (canonical(ours) !== canonical(theirs)) {
    throw new Error(`Cannot measure decode of "${work}": the result differs from JSON.parse`);
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    const isRecord = typeof part === "object" && part !== null && !Array.isArray(part);
    return isRecord ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : 1)) : part;
  });
}
