/**
 * Makes what users of npm install: JavaScript and declarations, a file for each of src/, with a manifest of its own.
 *
 *   deno task build [FOLDER]    into FOLDER, dist where none is given
 */

import { cpSync } from "node:fs";
import { installDependencies } from "./install_dependencies.ts";
import { run } from "./run.ts";

/** What is read of deno.json. */
interface DenoManifest {
  readonly exports: Readonly<Record<string, string>>;
  readonly publish: { readonly include: readonly string[] };
}

/** What `npx namesrv` runs. */
const PROGRAM = "namesrv.js";
const folder = Deno.args[0] ?? "dist";

await installDependencies();
const [deno, npm] = await Promise.all([read("deno.json"), read("package.json")]);
const entries = Object.fromEntries(Object.entries(deno.exports).map(([name, file]) => [name, built(file)]));
await Deno.remove(folder, { recursive: true }).catch(() => {});
await run("npx", ["tsc", "-p", "tsconfig.build.json", "--outDir", folder], { failure: "Cannot build the package: tsc failed" });
for (const { types } of Object.values(entries)) await declareDisposables(`${folder}/${types}`);
await Deno.writeTextFile(`${folder}/package.json`, `${JSON.stringify(manifest(), null, 2)}\n`);
await Deno.writeTextFile(
  `${folder}/${PROGRAM}`,
  '#!/usr/bin/env node\nimport { runProgram } from "./src/cli/run_program.js";\n\nawait runProgram();\n',
);
for (const name of deno.publish.include.filter((name) => /\.md$|^LICENSE$|^bench\//.test(name))) {
  cpSync(name, `${folder}/${name}`, { recursive: true });
}
console.log(`Built the package in ${folder}. To try it in a project: npm install "$(npm pack --silent ${await Deno.realPath(folder)})"`);

/** What package.json and deno.json say, for who installs it. */
function manifest(): Record<string, unknown> {
  const { private: _, workspaces: _w, devDependencies: _d, ...kept } = npm;
  return { ...kept, exports: { ...entries, "./package.json": "./package.json" }, bin: { namesrv: PROGRAM }, sideEffects: false };
}

/** `AsyncDisposable` is in the `lib` of no program that targets a year; a reference in an entry brings it to all of them. */
async function declareDisposables(file: string): Promise<void> {
  await Deno.writeTextFile(file, `/// <reference lib="esnext.disposable" />\n${await Deno.readTextFile(file)}`);
}

function built(file: string): { readonly types: string; readonly default: string } {
  return { types: file.replace(/\.ts$/, ".d.ts"), default: file.replace(/\.ts$/, ".js") };
}

async function read(file: "deno.json"): Promise<DenoManifest>;
async function read(file: "package.json"): Promise<Readonly<Record<string, unknown>>>;
async function read(file: string): Promise<unknown> {
  return JSON.parse(await Deno.readTextFile(file));
}
