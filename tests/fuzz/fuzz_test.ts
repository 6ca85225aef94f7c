import { assert, assertEquals } from "@std/assert";
import { readdirSync, readFileSync } from "node:fs";
import { fromHex } from "../golden/hex.ts";
import { test } from "../harness.ts";
import { fuzz } from "./fuzz.ts";
import { survives, targets } from "./targets.ts";

const INPUTS = 30_000;

test(`decodeCommand(), FrameDecoder and the readers of bodies survive ${INPUTS} mutants of recorded bytes`, () => {
  const seed = Date.now() % 2 ** 31;
  const { inputs, crash } = fuzz(INPUTS, seed);
  assertEquals([inputs, crash?.error], [INPUTS, undefined], `seed ${seed}, ${crash?.kind}: ${[...crash?.input ?? []]}`);
});

test("decodeCommand(), FrameDecoder and the readers of bodies survive what once broke them, and what was made to", () => {
  const folder = new URL("corpus/", import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith(".hex"));
  assert(files.length > 0, "the corpus is not empty");
  for (const name of files) {
    const input = fromHex(readFileSync(new URL(name, folder), "utf8").trim());
    for (const target of targets[name.split("-")[0] as keyof typeof targets]) survives(target, input);
  }
});
