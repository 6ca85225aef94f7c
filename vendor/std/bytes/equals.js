// @ts-self-types="./equals.d.ts"
export { equals } from "deno-std/bytes/equals.js";
