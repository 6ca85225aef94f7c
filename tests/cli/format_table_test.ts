import { assertEquals } from "@std/assert";
import { type Column, formatTable } from "../../src/cli/format_table.ts";
import { test } from "../harness.ts";

const COLUMNS: readonly Column[] = [{ title: "NAME" }, { title: "QUEUES", align: "right" }, { title: "ZONE" }];

test("formatTable() aligns columns, two blanks apart, without blanks at the ends of lines", () => {
  assertEquals(formatTable(COLUMNS, [["broker-a", 8, "eu"], ["b", 16, ""]]), [
    "NAME      QUEUES  ZONE",
    "broker-a       8  eu",
    "b             16",
  ]);
});

test("formatTable() counts wide characters as two columns", () => {
  assertEquals(formatTable([{ title: "A" }, { title: "B" }], [["北京", "x"], ["four", "y"]]), ["A     B", "北京  x", "four  y"]);
});

test("formatTable() leaves out a column without any entry", () => {
  assertEquals(formatTable(COLUMNS, [["a", 0, ""]]), ["NAME  QUEUES", "a          0"]);
});

test("formatTable() neither cuts nor wraps a long cell", () => {
  const long = "a long cell ".repeat(50).trim();
  assertEquals(formatTable([{ title: "A" }, { title: "B" }], [[long, "b"]])[1], `${long}  b`);
});

test("formatTable() keeps a cell on its line and a terminal unharmed", () => {
  assertEquals(formatTable([{ title: "A" }, { title: "B" }], [["x\n\x1b[2J", "b"]]), ["A                 B", "x\\u000a\\u001b[2J  b"]);
});
