import { Table } from "console-table-printer";
import { printable } from "./printable.ts";

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** @default {"left"} */
  readonly align?: "left" | "right";
}

const NO_LINE = { left: "", mid: "", right: "", other: "" };
const NO_BORDERS = { headerTop: NO_LINE, headerBottom: NO_LINE, tableBottom: NO_LINE, vertical: "" };

/**
 * Lines of a table without borders, to read and to grep: two blanks between columns, wide characters counted as two. Nothing is cut or
 * wrapped, for an address has to survive copying. A column without any entry is left out.
 */
export function formatTable(columns: readonly Column[], rows: readonly (readonly (string | number)[])[]): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => printable(`${cell}`)));
  const table = new Table({
    shouldDisableColors: true,
    style: NO_BORDERS,
    columns: columns.map(({ title, align = "left" }, i) => ({ name: `${i}`, title, alignment: align })),
    disabledColumns: [...columns.keys()].filter((i) => cells.every((row) => row[i] === "")).map(String),
  });
  for (const row of cells) table.addRow({ ...row });
  return table.render().split("\n").map(trimLine).filter((line) => line !== "");
}

/** The library pads each cell with a blank on both sides, and leaves an empty line for each border. */
function trimLine(line: string): string {
  return line.trimEnd().replace(/^ /, "");
}
