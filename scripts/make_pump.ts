/**
 * Writes src/sync/pump_source.ts, after a change of src/sync/pump/ or what it is made of.
 *
 *   deno task pump
 */

import { bundlePump } from "./bundle_pump.ts";

await Deno.writeTextFile(new URL("../src/sync/pump_source.ts", import.meta.url), bundlePump());
