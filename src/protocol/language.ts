// One byte in a binary header, a name in a JSON one — remoting/protocol/LanguageCode.java
const LANGUAGES = [
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
  "NODE_JS", // 5.x only; 4.9.7 reads it as null and serves all the same
] as const;

const ORDINALS: ReadonlyMap<string, number> = new Map(LANGUAGES.map((name, ordinal) => [name, ordinal]));
const OTHER = 7;

/** Name of the language that a binary header's byte means; `"OTHER"` for a byte nobody has a name for. */
export function languageName(ordinal: number): string {
  return LANGUAGES[ordinal] ?? "OTHER";
}

/** Byte of a language in a binary header; OTHER's for a name nobody has a byte for. */
export function languageOrdinal(name: string): number {
  return ORDINALS.get(name) ?? OTHER;
}

/** Whether servers have a name for the language. */
export function isLanguage(name: string): boolean {
  return ORDINALS.has(name);
}
