/** Header types, the high byte of the second word. */
export const JSON_HEADER = 0;
export const BINARY_HEADER = 1;

const TEXT = new TextEncoder();

/** A frame without a body: length word, type and header length, header. */
export function frame(type: number, header: Uint8Array): Uint8Array {
  return joined(words(4 + header.length, type << 24 | header.length), header);
}

/** A frame with this text for a header. */
export function jsonFrame(header: string): Uint8Array {
  return frame(JSON_HEADER, TEXT.encode(header));
}

/** Numbers of a binary header that may be wrong. */
export interface BinaryHeader {
  readonly language?: number;
  readonly remarkLength?: number;
  readonly extLength?: number;
}

/** A frame that asks 106, with such a binary header. */
export function binaryFrame({ language = 0, remarkLength = 0, extLength = 0 }: BinaryHeader = {}): Uint8Array {
  // i16 code │ u8 language │ i16 version │ i32 opaque │ i32 flag │ i32 remark length │ i32 length of arguments
  const header = joined(Uint8Array.of(0, 106, language, 1, 223), words(1, 0, remarkLength, extLength));
  return frame(BINARY_HEADER, header);
}

/** Numbers as big-endian words of 32 bits. */
export function words(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setInt32(4 * i, value));
  return bytes;
}

/** One after the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
