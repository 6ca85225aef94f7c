import { parseProperties } from "../model/properties.ts";
import { requireName, requireObject, requireText } from "../model/shape.ts";

/** Where a server writes, what it runs, and the list that guards these: whoever sets them owns the server's machine. */
const FORBIDDEN: ReadonlySet<string> = new Set(["configStorePath", "kvConfigPath", "configBlackList", "rocketmqHome", "rebalanceHome"]);

/**
 * The values themselves, where they can do a server no other harm than what they say.
 *
 * @throws {TypeError} If a value is no text, a name stands for a path or the black list, or there is a line break in a name or value.
 */
export function requireHarmless(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [key, value] of Object.entries(requireObject("values", values))) {
    requireText(`value of "${requireName("key", key)}"`, value);
    if (FORBIDDEN.has(key)) refuse(`"${key}" may not be set from outside (CVE-2023-33246, CVE-2023-37582)`);
    if (/[\r\n]/.test(key)) refuse(`there is a line break in the name ${JSON.stringify(key)} (CVE-2023-37582)`);
    checkStored(key, value);
  }
  return values;
}

/**
 * A server stores `key=value` without escapes, reads it with them when it starts again, stores that, and so on: behind a line break, or
 * what becomes one, would stand a setting of its own — common/MixAll.java properties2String(), string2Properties()
 */
function checkStored(key: string, value: string): void {
  for (let stored = value;; stored = reread(key, stored)) {
    if (/[\r\n]/.test(stored)) refuse(`there is a line break in the value of "${key}", or will be when a server restarts (CVE-2023-37582)`);
    if (stored.endsWith("\\")) {
      refuse(`the value of "${key}" ends with a backslash, or will: when a server restarts it would eat the next line`);
    }
    if (!stored.includes("\\")) return;
  }
}

/** Shorter by a character for each escape. */
function reread(key: string, stored: string): string {
  try {
    return parseProperties(`=${stored}`)[""]!;
  } catch {
    return refuse(`the value of "${key}" has \\u without four hexadecimal digits, and a server would not start again`);
  }
}

function refuse(reason: string): never {
  throw new TypeError(`Cannot update name server config: ${reason}`);
}
