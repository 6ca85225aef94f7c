/**
 * How long does one question of the blocking client take at a server that takes 1 ms? Its median round trip against the async client's.
 *
 * @module
 */

import { finish, programArgs } from "./ground/host.ts";
import { syncAgainstAsync } from "./ground/sync_against_async.ts";

const port = Number(programArgs()[0]);
finish(await syncAgainstAsync(port, { work: "1 ms server", bar: 1.15, calls: 50, rounds: 40 }));
