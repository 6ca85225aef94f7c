import { assertEquals } from "@std/assert";
import type { RocketMqVersion } from "../real/start.ts";
import { Stage, type Subject } from "./stage.ts";
import type { Step } from "./step.ts";

/** Plays a step on all subjects at once, and tells how it went on each. @throws {Error} Where it went otherwise than expected on one. */
export async function play(
  step: Step,
  subjects: readonly Subject[],
  tell: (version: RocketMqVersion, result: string) => unknown,
): Promise<void> {
  const plays = await Promise.allSettled(subjects.map((subject) => playOn(step, subject)));
  const failures = plays.flatMap((each, i) => {
    const { version } = subjects[i]!;
    tell(version, each.status === "fulfilled" ? "as expected" : "OTHERWISE");
    return each.status === "rejected" ? [`${version}: ${each.reason}`] : [];
  });
  if (failures.length > 0) throw new Error(failures.join("\n"));
}

async function playOn(step: Step, subject: Subject): Promise<void> {
  await using stage = await Stage.open(subject);
  assertEquals(plain(await step.act(stage)), step.expected(subject.version));
}

/** The same with objects that have a prototype, so that they compare with literals. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}
