import type { RocketMqVersion } from "../real/start.ts";
import type { Stage } from "./stage.ts";

/** Something that is believed about every server, embedded or real. */
export interface Step {
  /** The belief, as a sentence. */
  readonly name: string;
  /** What is done; gives what came of it, as data. */
  readonly act: (stage: Stage) => Promise<unknown>;
  /** What has to come of it. */
  readonly expected: (version: RocketMqVersion) => unknown;
}

/** What is expected where releases differ. */
export type Expectations = { readonly "4.9.7": unknown; readonly "5.x": unknown } | Readonly<Record<RocketMqVersion, unknown>>;

/** A step whose outcome is the same on every release. */
export function step(name: string, act: Step["act"], expected: unknown): Step {
  return { name, act, expected: () => expected };
}

/** A step whose outcome depends on the release. */
export function stepByVersion(name: string, act: Step["act"], expected: Expectations): Step {
  const byVersion: Readonly<Record<string, unknown>> = { ...expected };
  return { name, act, expected: (version) => version in byVersion ? byVersion[version] : byVersion["5.x"] };
}
