import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GuardedProcess } from "./guarded_process.ts";
import { ensureJars } from "./jars.ts";
import { QUICK_START } from "./quick_start.ts";
import type { RocketMqVersion } from "./versions.ts";

/**
 * Runs one command of RocketMQ's own admin tool and gives what it prints. The tool ends with 0 whatever comes of the command: that a command
 * failed shows only in what it prints.
 *
 * @param args The command and its options, such as `["topicList", "-n", "127.0.0.1:9876"]`
 * @throws {Error} When the JVM fails.
 */
export async function mqAdmin(version: RocketMqVersion, args: readonly string[]): Promise<string> {
  const jars = await ensureJars(version);
  await using java = new GuardedProcess({
    parentFolder: tmpdir(),
    command: (folder) => ["java", ...QUICK_START, "-Xmx96m", ...layOut(folder), "-cp", join(jars, "*"), MAIN_CLASS, ...args],
  });
  await java.exited;
  if (java.exitStatus !== 0) throw new Error(`Cannot run mqadmin ${args.join(" ")}: java ended with ${java.exitStatus}\n${java.log}`);
  return java.log;
}

const MAIN_CLASS = "org.apache.rocketmq.tools.command.MQAdminStartup";

/** Where the tool looks for files; and no log, which would stand among what it prints. */
function layOut(folder: string): readonly string[] {
  const logback = join(folder, "logback.xml");
  writeFileSync(logback, `<configuration><root level="OFF"/></configuration>\n`);
  return [`-Duser.home=${folder}`, `-Drocketmq.home.dir=${folder}`, `-Drmq.logback.configurationFile=${logback}`];
}
