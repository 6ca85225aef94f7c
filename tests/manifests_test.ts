import { assertEquals } from "@std/assert";
import { readFile } from "node:fs/promises";
import { test } from "./harness.ts";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly imports: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

async function manifest(file: string): Promise<Manifest> {
  return JSON.parse(await readFile(new URL(`../${file}`, import.meta.url), "utf8"));
}

test("deno.json and jsr.json say the same, but for the workspace that stands in for @std and what only developers use", async () => {
  const [deno, jsr] = await Promise.all([manifest("deno.json"), manifest("jsr.json")]);
  const { workspace: _workspace, tasks: _tasks, fmt: _fmt, ...published } = deno as Manifest & Record<string, unknown>;
  assertEquals(jsr as unknown, published);
});

test("package.json has the name, version, license and dependencies of deno.json", async () => {
  const [deno, npm] = await Promise.all([manifest("deno.json"), manifest("package.json")]);
  assertEquals([npm.name, npm.version, npm.license], [deno.name, deno.version, deno.license]);
  const installed: Record<string, string> = { ...npm.dependencies, ...npm.devDependencies };
  for (const [name, specifier] of Object.entries(deno.imports)) {
    // "jsr:@std/bytes@^1", "npm:fflate@^0.8.3"
    const [, wanted, range] = /^(?:jsr|npm):(.+)@([^@]+)$/.exec(specifier)!;
    assertEquals([wanted, installed[name]], [name, range], `${name} in package.json`);
  }
});

test("package.json depends on nothing that deno.json does not import", async () => {
  const [deno, npm] = await Promise.all([manifest("deno.json"), manifest("package.json")]);
  assertEquals(Object.keys(npm.dependencies).filter((name) => !(name in deno.imports)), []);
});

test("the version that the command line shows is that of the manifest", async () => {
  const { main } = await import("../src/cli.ts");
  let shown = "";
  await main(["--version"], { write: (text) => void (shown += text), writeError: () => {} });
  assertEquals(shown.trim().split(/\s+/).at(-1), (await manifest("deno.json")).version);
});
