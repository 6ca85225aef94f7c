// Control characters (ESC and C1 among them), format characters (bidi overrides), lone surrogates, line separators, and what shows as nothing
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** A line that shows as what it is: whatever would steer a terminal, or hide in it, is written as `\u001b`. A server's words are no commands. */
export function printable(line: string): string {
  return line.replace(UNPRINTABLE, escapeUnits);
}

/** UTF-16 units, as JSON escapes them. */
function escapeUnits(char: string): string {
  let escaped = "";
  for (let i = 0; i < char.length; i++) escaped += `\\u${char.charCodeAt(i).toString(16).padStart(4, "0")}`;
  return escaped;
}
