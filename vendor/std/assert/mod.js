// @ts-self-types="./mod.d.ts"
export { assert } from "deno-std/assert/assert.js";
export { assertEquals } from "deno-std/assert/equals.js";
export { assertInstanceOf } from "deno-std/assert/instance_of.js";
export { assertNotEquals } from "deno-std/assert/not_equals.js";
export { assertRejects } from "deno-std/assert/rejects.js";
export { assertStrictEquals } from "deno-std/assert/strict_equals.js";
export { assertStringIncludes } from "deno-std/assert/string_includes.js";
export { assertThrows } from "deno-std/assert/throws.js";
