import { assertEquals } from "@std/assert";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isMain } from "../../src/cli/is_main.ts";
import { test } from "../harness.ts";

const { url } = import.meta;
const path = fileURLToPath(url);

test("isMain() believes a runtime that knows", () => {
  assertEquals([isMain({ url, main: true }, "elsewhere"), isMain({ url, main: false }, path)], [true, false]);
});

test("isMain() compares with the script otherwise", () => {
  assertEquals([isMain({ url }, path), isMain({ url: `${url}x` }, path)], [true, false]);
});

test("isMain() takes a script that is no file for another", () => {
  assertEquals([isMain({ url }, path.replace(/\.ts$/, "")), isMain({ url }, "")], [false, false]);
});

test("isMain() follows a link, as npm makes one for a program", async () => {
  const folder = await mkdtemp(join(tmpdir(), "namesrv-"));
  try {
    const link = join(folder, "namesrv");
    await symlink(path, link);
    assertEquals(isMain({ url }, link), true);
  } finally {
    await rm(folder, { recursive: true });
  }
});
