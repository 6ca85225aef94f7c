import type { Emulation } from "./emulation.ts";
import { type WireValue, writeWireJson } from "./wire_json.ts";

/** What a server says to a request, before it is written. */
export interface Answer {
  /** How it went. @default {0} */
  readonly code?: number;
  readonly remark?: string;
  /** Arguments; null ones are left out. Left out: the answer has no arguments at all, which shows in a JSON header. */
  readonly fields?: Readonly<Record<string, string | null>>;
  readonly body?: Uint8Array;
}

/** A body of JSON in the server's usual form. */
export function jsonBody(value: WireValue, { json }: Emulation): Uint8Array {
  return textBody(writeWireJson(value, { json, form: "legacy" }));
}

const ENCODER = new TextEncoder();

/** A body of text; lone surrogates become question marks, as in Java. */
export function textBody(text: string): Uint8Array {
  return ENCODER.encode(javaUtf8(text));
}

/** The text as it comes back from UTF-8 that Java wrote. */
export function javaUtf8(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "?");
}
