import type { RemotingCommand } from "../protocol/command.ts";
import type { Serialization } from "../protocol/encode_command.ts";
import type { JavaString } from "./java_null.ts";

/** A request as the server's decoder gives it to its handlers. */
export interface ServerRequest {
  readonly command: RemotingCommand;
  /** How its header was written. */
  readonly serialization: Serialization;
  /** Named arguments; null where the header has none at all. */
  readonly fields: Readonly<Record<string, string>> | null;
  /** The connection it came on. */
  readonly connection: object;
}

/** A text argument. */
export function textField({ fields }: ServerRequest, name: string): JavaString {
  return fields?.[name] ?? null;
}

/** A `boolean` or `Boolean` argument: "true" in any case is true, any other text false; null where there is none. */
export function booleanField(request: ServerRequest, name: string): boolean | null {
  const text = textField(request, name);
  return text === null ? null : text.toLowerCase() === "true";
}

/** A `Long` argument; null where there is none, or where it is no such number: Java logs that and goes on. */
export function longField(request: ServerRequest, name: string): bigint | null {
  return javaInteger(textField(request, name), 64);
}

/** An `Integer` argument, else as {@link longField}. */
export function intField(request: ServerRequest, name: string): number | null {
  const value = javaInteger(textField(request, name), 32);
  return value === null ? null : Number(value);
}

function javaInteger(text: JavaString, bits: number): bigint | null {
  if (text === null || !/^[-+]?\d+$/.test(text)) return null;
  const value = BigInt(text.replace("+", ""));
  return BigInt.asIntN(bits, value) === value ? value : null;
}
