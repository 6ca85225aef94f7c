/**
 * Writes src/sync/pump_source.ts, after a change of src/sync/pump/ or what it is made of.
 *
 *   deno task pump
 */

import { bundlePump } from "./bundle_pump.ts";

const source = `// deno-fmt-ignore-file
// Made of src/sync/pump/ by "deno task pump". A test compares the two.

/** The program of the worker. */
export const PUMP_SOURCE: string = ${JSON.stringify(bundlePump())};
`;
await Deno.writeTextFile(new URL("../src/sync/pump_source.ts", import.meta.url), source);
