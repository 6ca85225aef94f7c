/**
 * The name of a version of RocketMQ by its ordinal, which commands carry in `version` and brokers tell of themselves:
 * `"V5_3_3"`, `"V4_0_0_SNAPSHOT"`.
 *
 * @returns `undefined` for what is no ordinal, or is past 5.9.9, the last that has one (the Java client calls all of those
 * `HIGHER_VERSION`).
 * @example The version that this client says it has
 * ```ts
 * import { createRequest, RequestCode, versionName } from "@rmq/nameserver/protocol";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(versionName(createRequest(RequestCode.GET_BROKER_CLUSTER_INFO).version), "V5_3_3");
 * ```
 */
export function versionName(ordinal: number): string | undefined {
  return NAMES[ordinal];
}

// Ordinals count the versions that were planned, each as a snapshot and as a release — common/MQVersion.java
const NAMES: readonly string[] = [
  ..."SNAPSHOT ALPHA1 BETA1 BETA2 BETA3 BETA4 BETA5".split(" ").map((stage) => `V3_0_0_${stage}`),
  ...[6, 7, 8, 9].flatMap((beta) => [`V3_0_0_BETA${beta}_SNAPSHOT`, `V3_0_0_BETA${beta}`]),
  "V3_0_0_FINAL",
  ...planned("V3_0", 1, 15),
  ...[1, 2].flatMap((minor) => planned(`V3_${minor}`, 0, 9)),
  ...[3, 4, 5, 6, 7, 8, 9].flatMap((minor) => planned(`V3_${minor}`, 1, 9)),
  ...[4, 5].flatMap((major) => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((minor) => planned(`V${major}_${minor}`, 0, 9))),
];

function planned(line: string, first: number, last: number): readonly string[] {
  const patches = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return patches.flatMap((patch) => [`${line}_${patch}_SNAPSHOT`, `${line}_${patch}`]);
}
