import fc from "fast-check";
import type { RemotingCommand } from "../../src/protocol/command.ts";

const int16 = fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 });
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
/** Whole characters of all planes, control characters, none: but no half of a surrogate pair, which UTF-8 can't say. */
const text = fc.string({ unit: "binary" });

/** Any command that both header encodings can carry. */
export const anyCommand: fc.Arbitrary<RemotingCommand> = fc.record({
  code: int16,
  language: fc.constantFrom(
    "JAVA",
    "CPP",
    "DOTNET",
    "PYTHON",
    "DELPHI",
    "ERLANG",
    "RUBY",
    "OTHER",
    "HTTP",
    "GO",
    "PHP",
    "OMS",
    "RUST",
    "NODE_JS",
  ),
  version: int16,
  opaque: int32,
  flag: int32,
  remark: text.filter((remark) => remark !== ""),
  extFields: fc.dictionary(fc.oneof(text, fc.constantFrom("__proto__", "constructor", "0", "")), text),
  body: fc.uint8Array(),
}, { requiredKeys: ["code", "language", "version", "opaque", "flag", "extFields", "body"] });
