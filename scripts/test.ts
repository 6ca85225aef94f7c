/**
 * Runs every test in Deno, Bun and Node. Ends with the catalogue of faults, the names of all tests that failed, and one line: what passed,
 * failed and was skipped, over all of them.
 *
 *   deno task test                    everything
 *   deno task test tests/protocol     what lies under these paths
 *
 * A runtime that can't be had on this machine is told, and its test files count as skipped.
 */

import { faultTable } from "./fault_table.ts";
import { findTests } from "./find_tests.ts";
import { installDependencies } from "./install_dependencies.ts";
import { run } from "./run.ts";
import { runBun, runDeno, runDenoDocs, runNode, type Tally } from "./runners.ts";

/** Set below `serve.ts`, whether it has started servers or not. */
const SERVED = "RMQ_TEST_SERVED";

const files = await findTests(Deno.args);
await installDependencies();

// Real servers take seconds to start: they are started once, around all three runtimes.
if (files.some((file) => file.startsWith("tests/real/")) && !Deno.env.has(SERVED)) {
  const again = ["run", "--allow-all", "scripts/test.ts", ...Deno.args];
  const { code } = await run(Deno.execPath(), ["run", "--allow-all", "tests/real/serve.ts", "--", Deno.execPath(), ...again], {
    env: { [SERVED]: "1" },
  });
  Deno.exit(code);
}

const tallies: Tally[] = [
  await runDeno(files),
  ...(Deno.args.length === 0 ? [await runDenoDocs()] : []),
  await runNode(files),
  await runBun(files),
];

console.log();
for (const line of faultTable(tallies)) console.log(line);
console.log();
for (const { name, outcomes } of tallies) {
  for (const [title, outcome] of outcomes) if (outcome === "failed") console.log(`FAILED in ${name}: ${title}`);
}
console.log();
for (const { name, passed, failed, skipped } of tallies) {
  console.log(`${name.padEnd(24)} ${passed} passed, ${failed} failed, ${skipped} skipped`);
}
const sum = (key: "passed" | "failed" | "skipped"): number => tallies.reduce((total, tally) => total + tally[key], 0);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
Deno.exit(sum("failed") === 0 && sum("passed") > 0 ? 0 : 1);
