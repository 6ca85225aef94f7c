/** What a frame made by hand may lie about. */
export interface RawFrame {
  /** Text, or bytes as they are. */
  readonly header?: string | Uint8Array;
  readonly body?: Uint8Array;
  /** @default {0} JSON */
  readonly type?: number;
  /** @default {what it is} */
  readonly headerLength?: number;
  /** @default {what it is} */
  readonly length?: number;
}

/** A frame that need not be one. */
export function rawFrame({ header = "", body = new Uint8Array(0), type = 0, headerLength, length }: RawFrame): Uint8Array {
  const head = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const frame = new Uint8Array(8 + head.length + body.length);
  const view = new DataView(frame.buffer);
  view.setInt32(0, length ?? frame.length - 4);
  view.setUint32(4, type * 2 ** 24 + (headerLength ?? head.length));
  frame.set(head, 8);
  frame.set(body, 8 + head.length);
  return frame;
}

/** The header of an answer in JSON. */
export function answerHeader(opaque: number, more: string = ""): string {
  return `{"code":0,"flag":1,"language":"JAVA","opaque":${opaque},"serializeTypeCurrentRPC":"JSON","version":479${more}}`;
}

/** Chunks one behind the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
