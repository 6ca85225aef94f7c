import type { Emulation } from "./emulation.ts";
import { FastjsonReader } from "./fastjson_reader.ts";
import { JavaBean } from "./java_bean.ts";

// Java's decoders put U+FFFD where bytes are no UTF-8.
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

/** A body of JSON as an object, as `RemotingSerializable.decode` gives it; null where it says null. @throws {UnreadableError} */
export function readJsonBody(body: Uint8Array, { json }: Emulation): JavaBean | null {
  if (json === "fastjson1" && body.every((byte) => byte <= 0x20)) return null;
  return JavaBean.of(new FastjsonReader(DECODER.decode(body), json, { bareIntegers: true }).read(), json);
}

/** A header of JSON. @throws {UnreadableError} If it is no such header. */
export function readJsonHeaderText(header: Uint8Array, { json }: Emulation): JavaBean | null {
  return JavaBean.of(new FastjsonReader(DECODER.decode(header), json).read(), json);
}
