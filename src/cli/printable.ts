// Control characters (ESC and C1 among them), format characters (bidi overrides), lone surrogates, line separators, whatever is invisible
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** A line that shows as what it is: what would steer a terminal, or hide in it, is written like `\u001b`. A server's word is no command. */
export function printable(line: string): string {
  return line.replace(UNPRINTABLE, escapeUnits);
}

/** UTF-16 units, as JSON escapes them. */
function escapeUnits(char: string): string {
  let escaped = "";
  for (let i = 0; i < char.length; i++) escaped += `\\u${char.charCodeAt(i).toString(16).padStart(4, "0")}`;
  return escaped;
}
