import { assertEquals } from "@std/assert";
import { requests } from "../../src/protocol.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { goldenRows } from "../golden/golden_rows.ts";
import { test } from "../harness.ts";
import { Peer } from "./peer.ts";
import { replay } from "./replay.ts";
import { replayExceptions } from "./replay_exceptions.ts";
import { replayRuns } from "./replay_runs.ts";

/** Rows by run and outcome, for the table at the end. */
const table: Record<string, { readonly rows: number; readonly equal: number; readonly excepted: number }> = {};

for (const { name, options, rows } of replayRuns) {
  test(`EmbeddedNameServer answers the recorded requests of run "${name}" as the real server did`, async () => {
    await using server = new EmbeddedNameServer(options);
    // Whoever recorded the runs looked first whether the server was up: its counter of commands shows that.
    using peer = await Peer.dial(server.adapter, server.address);
    if (name.startsWith("g")) await peer.ask(requests.getBrokerClusterInfo.encode());
    const replayed = await replay(server, rows);
    const unequal = replayed.filter(({ isEqual }) => !isEqual).map(({ row }) => row.name);
    const excepted = rows.map((row) => row.name).filter((row) => replayExceptions.get(name)?.has(row));
    table[name] = { rows: rows.length, equal: rows.length - unequal.length, excepted: excepted.length };
    assertEquals(unequal, excepted);
  });
}

test("EmbeddedNameServer is asked everything that was recorded from a NameServer", () => {
  const names = replayRuns.flatMap(({ rows }) => rows.map((row) => `${row.run} ${row.seq} ${row.name}`));
  const fromServers = goldenRows.filter(({ server }) => !server.endsWith("-broker"));
  assertEquals(names.sort(), fromServers.map((row) => `${row.run} ${row.seq} ${row.name}`).sort());
  console.table(table);
});
