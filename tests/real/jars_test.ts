import { assertEquals, assertRejects } from "@std/assert";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { test } from "../harness.ts";
import { ensureJars, hasJars } from "./jars.ts";

const posix = process.platform === "win32" ? { skip: "no POSIX shell" } : {};

test("ensureJars() downloads once however many ask at the same time", async () => {
  await withMaven(WORKS, async (env, calls) => {
    const folders = await Promise.all([1, 2, 3].map(() => ensureJars("5.3.3", env)));
    assertEquals([...new Set(folders)], [join(env.RMQ_JARS_DIR, "rocketmq-5.3.3")]);
    assertEquals([readdirSync(folders[0]!), calls(), hasJars("5.3.3", env)], [["a.jar"], ["5.3.3"], true]);
  });
}, posix);

test("ensureJars() takes over the lock of a process that has died", async () => {
  await withMaven(WORKS, async (env) => {
    symlinkSync("999999999", join(env.RMQ_JARS_DIR, "lock")); // past the highest pid of any system
    assertEquals(existsSync(await ensureJars("4.9.7", env)), true);
    assertEquals(readdirSync(env.RMQ_JARS_DIR), ["rocketmq-4.9.7"]);
  });
}, posix);

test("ensureJars() reports what Maven said, leaves nothing half done, and tries again when asked again", async () => {
  await withMaven("echo no such artifact; exit 1", async (env) => {
    for (let attempt = 0; attempt < 2; attempt++) {
      await assertRejects(() => ensureJars("5.5.0", env), Error, "mvn ended with 1\nno such artifact");
    }
    assertEquals([readdirSync(env.RMQ_JARS_DIR), hasJars("5.5.0", env)], [[], false]);
  });
}, posix);

/** What a Maven does here: notes the version, and takes its time to make a jar. */
const WORKS = `
for arg; do case $arg in -Drocketmq.version=*) echo "\${arg#*=}" >>"$CALLS";; -DoutputDirectory=*) out=\${arg#*=};; esac; done
sleep 0.3; mkdir "$out"; echo jar >"$out/a.jar"
`;

type MavenEnv = Record<"PATH" | "CALLS" | "RMQ_JARS_DIR", string>;

/** Runs with an empty cache, and a script in place of Maven. `calls` gives the versions it was called for. */
async function withMaven(script: string, use: (env: MavenEnv, calls: () => readonly string[]) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "rmq-jars-"));
  try {
    writeFileSync(join(folder, "mvn"), `#!/bin/sh\n${script}`, { mode: 0o755 });
    const env = { PATH: `${folder}:${process.env.PATH}`, CALLS: join(folder, "calls"), RMQ_JARS_DIR: join(folder, "cache") };
    mkdirSync(env.RMQ_JARS_DIR);
    await use(env, () => readFileSync(env.CALLS, "utf8").trim().split("\n"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
