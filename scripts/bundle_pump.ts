import { readFileSync } from "node:fs";
import ts from "typescript";

/** What the pump is made of, each behind what it uses. */
const PARTS = [
  "remote/reason_of",
  "socket/tls_name",
  "socket/node_tls_session",
  "sync/pump/layout",
  "sync/pump/ring",
  "sync/pump/spin",
  "sync/pump/frame_edges",
  "sync/pump/link",
  "sync/pump/beat",
  "sync/pump/pump",
  "sync/pump/main",
];

/** The pump as one script, without types and comments. */
export function bundlePump(): string {
  const parts = PARTS.map((part) => stripped(readFileSync(new URL(`../src/${part}.ts`, import.meta.url), "utf8")));
  const imports = new Set(parts.flatMap(({ imports }) => imports));
  return [...imports, ...parts.map(({ code }) => code)].join("\n");
}

interface Part {
  /** Imports of Node's modules, a line each. */
  readonly imports: readonly string[];
  /** The rest. */
  readonly code: string;
}

/** JavaScript without what ties files together: in one scope nothing has to be imported or exported. */
function stripped(source: string): Part {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      removeComments: true,
      verbatimModuleSyntax: true,
      newLine: ts.NewLineKind.LineFeed,
    },
  });
  const lines = outputText.trim().split("\n");
  const isImport = (line: string): boolean => line.startsWith("import ");
  return {
    imports: lines.filter((line) => isImport(line) && line.includes('"node:')),
    code: lines.filter((line) => !isImport(line) && line !== "export {};").map((line) => line.replace(/^\s*(export )?/, "")).join("\n"),
  };
}
