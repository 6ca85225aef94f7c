import { assertEquals } from "@std/assert";
import { versionName } from "../../src/protocol/version_name.ts";
import { test } from "../harness.ts";

// Ordinals that Java gives — common/MQVersion.java; 401, 407, 479 and 513 are what real servers say
const ORDINALS: readonly (readonly [number, string])[] = [
  [0, "V3_0_0_SNAPSHOT"],
  [2, "V3_0_0_BETA1"],
  [7, "V3_0_0_BETA6_SNAPSHOT"],
  [15, "V3_0_0_FINAL"],
  [45, "V3_0_15"],
  [46, "V3_1_0_SNAPSHOT"],
  [86, "V3_3_1_SNAPSHOT"],
  [211, "V3_9_9"],
  [213, "V4_0_0"],
  [401, "V4_9_4"],
  [407, "V4_9_7"],
  [479, "V5_3_3"],
  [513, "V5_5_0"],
  [611, "V5_9_9"],
];

test("versionName() names versions as Java counts them", () => {
  for (const [ordinal, name] of ORDINALS) assertEquals(versionName(ordinal), name, `${ordinal}`);
});

test("versionName() gives nothing for what is no ordinal, or past the last", () => {
  for (const ordinal of [-1, 0.5, Number.NaN, Infinity, 612]) assertEquals(versionName(ordinal), undefined, `${ordinal}`);
});
