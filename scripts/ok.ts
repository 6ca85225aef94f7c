/**
 * Everything that CI checks, cheapest first; the first step that fails ends it.
 *
 *   deno task ok             with the tests
 *   deno task ok --no-test   without, where they have run already
 */

import { installDependencies } from "./install_dependencies.ts";
import { run } from "./run.ts";

const ENTRIES = [
  "mod.ts",
  "src/deno.ts",
  "src/bun.ts",
  "src/node.ts",
  "src/edge.ts",
  "src/sync.ts",
  "src/protocol.ts",
  "src/testing.ts",
  "src/cli.ts",
];
const SOURCES = ["mod.ts", "src", "tests", "scripts", "bench", "examples"];
const deno = Deno.execPath();

const steps: readonly (readonly [title: string, command: string, ...args: string[]])[] = [
  ["format", deno, "fmt", "--check"],
  ["lint", deno, "lint"],
  ["rooms import only rooms above them", deno, "run", "--allow-read", "scripts/room_order.ts"],
  ["types", deno, "check", ...SOURCES],
  ["types of the pure rooms, without any runtime's", "npx", "tsc", "-p", "tsconfig.pure.json"],
  ["documentation", deno, "doc", "--lint", ...ENTRIES],
  ["what would be published", deno, "publish", "--dry-run", "--allow-dirty", "--config", "jsr.json"],
  ...(Deno.args.includes("--no-test") ? [] : [["tests", deno, "run", "--allow-all", "scripts/test.ts"] as const]),
];

await installDependencies();
for (const [title, command, ...args] of steps) {
  console.log(`\n── ${title}: ${command === deno ? "deno" : command} ${args.join(" ")}`);
  const { code } = await run(command, args);
  if (code === 0) continue;
  console.error(`\nNot ok: ${title} (exit status ${code})`);
  Deno.exit(1);
}
