import { assertEquals, assertRejects } from "@std/assert";
import { detectAdapter } from "../../src/socket/detect.ts";
import { runtime, test } from "../harness.ts";

test("detectAdapter() finds the adapter of the runtime that runs it", async () => {
  assertEquals((await detectAdapter()).name, runtime);
});

test("detectAdapter() tells runtimes apart by their globals", async () => {
  const process = { versions: { node: "20.0.0" } };
  assertEquals((await detectAdapter({ Deno: {}, process })).name, "deno");
  assertEquals((await detectAdapter({ Bun: {}, process })).name, "bun");
  assertEquals((await detectAdapter({ process, navigator: { userAgent: "Node.js/22" } })).name, "node");
});

test("detectAdapter() says what to pass in workerd, with and without nodejs_compat, and in a browser", async () => {
  const workerd = { navigator: { userAgent: "Cloudflare-Workers" } };
  for (
    const globals of [workerd, { ...workerd, process: { versions: { node: "22.0.0" } } }, { navigator: { userAgent: "Mozilla/5.0" } }, {}]
  ) {
    await assertRejects(() => detectAdapter(globals), TypeError, "edgeAdapter(connect)");
  }
});
