/**
 * How long does one question take, one at a time? The median round trip of `queryTopicRouteInfo` against the runtime's own socket.
 *
 * @module
 */

import { connect } from "../mod.ts";
import type { AsyncNameServerClient } from "../mod.ts";
import { compare } from "./ground/compare.ts";
import type { Sample } from "./ground/compare.ts";
import type { Finding } from "./ground/finding.ts";
import { finish, programArgs } from "./ground/host.ts";
import { RawLoop } from "./ground/raw_loop.ts";
import { routeRequest } from "./ground/route_request.ts";
import { spread } from "./ground/spread.ts";

/** What the project wants to stay under. */
const BAR = 1.25;
const CALLS = 200;

const port = Number(programArgs()[0]);
const client: AsyncNameServerClient = await connect(`127.0.0.1:${port}`);
const loop: RawLoop = await RawLoop.open(port, routeRequest("small"));
const roundTrips = new Float64Array(CALLS);

const comparisons = await compare({ ours, floor, rounds: 60, warmUp: 30 });
finish(comparisons.map((comparison): Finding => ({ work: "small, one at a time", ...comparison, bar: BAR })));

async function ours(): Promise<Sample> {
  for (let i = 0; i < CALLS; i++) {
    const started = performance.now();
    await client.queryTopicRouteInfo("small");
    roundTrips[i] = (performance.now() - started) * 1000;
  }
  return { "p50 µs": spread(roundTrips).median };
}

async function floor(): Promise<Sample> {
  await loop.oneAtATime(roundTrips);
  return { "p50 µs": spread(roundTrips).median };
}
