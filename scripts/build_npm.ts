/**
 * Makes what users of npm install: JavaScript and declarations, a file for each of src/, with a manifest of its own.
 *
 *   deno task build [FOLDER]    into FOLDER, dist where none is given
 */

import { installDependencies } from "./install_dependencies.ts";
import { run } from "./run.ts";

interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

/** What `npx namesrv` runs. */
const PROGRAM = "namesrv.js";
const DOCUMENTS = ["README.md", "CHANGELOG.md", "LICENSE"];
const folder = Deno.args[0] ?? "dist";

await installDependencies();
await Deno.remove(folder, { recursive: true }).catch(() => {});
await run("npx", ["tsc", "-p", "tsconfig.build.json", "--outDir", folder], { failure: "Cannot build the package: tsc failed" });
await Deno.writeTextFile(`${folder}/package.json`, `${JSON.stringify(await manifest(), null, 2)}\n`);
await Deno.writeTextFile(
  `${folder}/${PROGRAM}`,
  '#!/usr/bin/env node\nimport { runProgram } from "./src/cli/run_program.js";\n\nawait runProgram();\n',
);
for (const name of DOCUMENTS) await Deno.copyFile(name, `${folder}/${name}`);
console.log(`Built the package in ${folder}`);

/** What package.json and deno.json say, for who installs it. */
async function manifest(): Promise<Record<string, unknown>> {
  const [{ exports }, { private: _, workspaces: _w, devDependencies: _d, ...kept }] = await Promise.all([
    read("deno.json"),
    read("package.json"),
  ]);
  const entries = Object.entries(exports).map(([name, file]) => [name, built(file)]);
  return { ...kept, exports: Object.fromEntries(entries), bin: { namesrv: PROGRAM }, sideEffects: false };
}

function built(file: string): { readonly types: string; readonly default: string } {
  return { types: file.replace(/\.ts$/, ".d.ts"), default: file.replace(/\.ts$/, ".js") };
}

async function read(file: string): Promise<Manifest> {
  return JSON.parse(await Deno.readTextFile(file));
}
