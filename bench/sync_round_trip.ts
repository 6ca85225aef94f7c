/**
 * How long does one question of the blocking client take, in a hot loop and with pauses? Its median round trip against the async client's.
 *
 * @module
 */

import { finish, programArgs } from "./ground/host.ts";
import { syncAgainstAsync } from "./ground/sync_against_async.ts";

const port = Number(programArgs()[0]);
finish([
  ...await syncAgainstAsync(port, { work: "hot loop", bar: 1.5, calls: 200, rounds: 60 }),
  ...await syncAgainstAsync(port, { work: "3 ms pauses", bar: 2, calls: 50, rounds: 30, pauseMs: 3 }),
]);
