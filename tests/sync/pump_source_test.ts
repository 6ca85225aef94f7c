import { assert } from "@std/assert";
import { bundlePump } from "../../scripts/bundle_pump.ts";
import { PUMP_SOURCE } from "../../src/sync/pump_source.ts";
import { test } from "../harness.ts";

test('the program of the worker is what "deno task pump" makes of its source', () => {
  assert(PUMP_SOURCE === bundlePump(), 'src/sync/pump has changed: run "deno task pump"');
});
