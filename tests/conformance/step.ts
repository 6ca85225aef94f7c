import type { EmbeddedOptions } from "../../src/testing.ts";
import type { Stage } from "./stage.ts";

/** A release that can be asked, real or embedded. */
export type ServerVersion = NonNullable<EmbeddedOptions["emulate"]>;

/** The releases, as the tables show them. */
export const SERVER_VERSIONS: readonly ServerVersion[] = ["4.9.7", "5.3.3", "5.5.0"];

/** Something that is believed about every server, embedded or real. */
export interface Step {
  /** The belief, as a sentence. */
  readonly name: string;
  /** What is done; gives what came of it, as data. */
  readonly act: (stage: Stage) => Promise<unknown>;
  /** What has to come of it. */
  readonly expected: (version: ServerVersion) => unknown;
}

/** What is expected where releases differ. */
export type Expectations = { readonly "4.9.7": unknown; readonly "5.x": unknown } | Readonly<Record<ServerVersion, unknown>>;

/** A step whose outcome is the same on every release. */
export function step(name: string, act: Step["act"], expected: unknown): Step {
  return { name, act, expected: () => expected };
}

/** A step whose outcome depends on the release. */
export function stepByVersion(name: string, act: Step["act"], expected: Expectations): Step {
  const byVersion: Readonly<Record<string, unknown>> = { ...expected };
  return { name, act, expected: (version) => version in byVersion ? byVersion[version] : byVersion["5.x"] };
}
