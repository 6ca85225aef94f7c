import { assertEquals } from "@std/assert";
import { readFile } from "node:fs/promises";
import { test } from "../harness.ts";
import { namesrv } from "./namesrv.ts";

test("namesrv --version prints the version of deno.json", async () => {
  const manifest = JSON.parse(await readFile(new URL("../../deno.json", import.meta.url), "utf8"));
  assertEquals(await namesrv("--version"), { status: 0, output: `${manifest.version}\n`, errors: "" });
});
