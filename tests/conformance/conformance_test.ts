/** What we believe about NameServers, checked on real ones and on the embedded one. Ends with a table of steps and servers. */

import { assertEquals } from "@std/assert";
import { requests } from "../../src/protocol.ts";
import { test } from "../harness.ts";
import { realTier, VERSIONS } from "../real/start.ts";
import { play } from "./play.ts";
import { steps } from "./steps.ts";
import { startReal, withEmbedded } from "./subjects.ts";

const tier = realTier();
const kinds = tier.skip === undefined ? ["real", "embedded"] : ["embedded"];
const real = tier.skip === undefined ? await startReal() : [];

/** How each step went on each server. */
const table: Record<string, Record<string, string>> = {};
/** Codes of the requests that the embedded servers were sent. */
const sent = new Set<number>();

for (const step of steps) {
  const row: Record<string, string> = table[step.name] = {};
  test(`Real NameServers: ${step.name}`, () => play(step, real, (version, result) => row[`real ${version}`] = result), tier);
  test(`EmbeddedNameServer: ${step.name}`, () =>
    withEmbedded((embedded) => play(step, embedded, (version, result) => row[`embedded ${version}`] = result), sent));
}

test("The conformance suite plays every step on every server, and sends every request", () => {
  console.table(table);
  const servers = kinds.flatMap((kind) => VERSIONS.map((version) => `${kind} ${version}`));
  const unplayed = Object.entries(table).filter(([, row]) => !servers.every((server) => server in row)).map(([name]) => name);
  const unsent = Object.values(requests).filter(({ code }) => !sent.has(code)).map(({ operation }) => operation);
  assertEquals({ steps: Object.keys(table).length, unplayed, unsent }, { steps: steps.length, unplayed: [], unsent: [] });
});
