/**
 * How long does one question of the blocking client take where client, worker and responder share one processor (`run.ts` pins them)? Its median
 * round trip against the async client's, in a hot loop and with pauses.
 *
 * @module
 */

import { finish, programArgs } from "./ground/host.ts";
import { syncAgainstAsync } from "./ground/sync_against_async.ts";

const port = Number(programArgs()[0]);
finish([
  ...await syncAgainstAsync(port, { work: "hot loop, one core", bar: 2, calls: 200, rounds: 30 }),
  ...await syncAgainstAsync(port, { work: "3 ms pauses, one core", bar: 2, calls: 50, rounds: 30, pauseMs: 3 }),
]);
