import { BINARY_HEADER, binaryFrame, frame, jsonFrame, words } from "./frames.ts";

/** Bytes by what is odd about them. They are no fewer than 12, for which 5.x waits before it looks at any. */
export type OddFrames = Readonly<Record<string, Uint8Array>>;

const USUAL = '"code":106,"flag":0,"language":"JAVA","opaque":7,"version":0';

/** Headers that ask 106, in something like JSON. */
export const lenientHeaders: OddFrames = {
  "numbers as text": jsonFrame('{"code":"106","flag":"0","language":"JAVA","opaque":"7","version":"0"}'),
  "no flag, language, version": jsonFrame('{"code":106,"opaque":7}'),
  "unknown language": jsonFrame('{"code":106,"opaque":7,"language":"KLINGON"}'),
  "unknown members": jsonFrame(`{${USUAL},"more":[{}]}`),
  "white space": jsonFrame(` \n{${USUAL}} `),
  "single quotes": jsonFrame(`{${USUAL.replaceAll('"', "'")}}`),
  "trailing comma": jsonFrame(`{${USUAL},}`),
  "comment": jsonFrame(`{/* asks */${USUAL}}`),
  "arguments that are no text": jsonFrame(`{${USUAL},"extFields":{"a":1,"b":null,"c":{}}}`),
  "bare names": jsonFrame("{code:106,opaque:7}"),
  "byte order mark": jsonFrame(`\ufeff{${USUAL}}`),
  "@type": jsonFrame(`{"@type":"java.lang.Object",${USUAL}}`),
};

/** Headers that nobody reads. */
export const brokenHeaders: OddFrames = {
  "cut off": jsonFrame(`{${USUAL}`),
  "array": jsonFrame("[1, 2, 3]"),
  "null": jsonFrame("null    "),
  "opaque of 33 bits": jsonFrame('{"code":106,"opaque":4294967296}'),
};

/** Frames whose lengths are right, but not their type. */
export const untypedFrames: OddFrames = {
  "type 2": frame(2, new TextEncoder().encode(`{${USUAL}}`)),
  "type 255": frame(255, new TextEncoder().encode(`{${USUAL}}`)),
  "empty header": words(12, 0, 0, 0),
};

/** Bytes that begin with a length that no frame has. */
export const impossibleLengths: OddFrames = {
  "length 0": words(0, 0, 0),
  "length 3": words(3, 0, 0),
  "negative length": words(-1, 0, 0),
  "length above the limit": words(16777213, 0, 0),
  "header longer than the frame": words(12, 100, 0, 0),
  "HTTP": new TextEncoder().encode("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
};

/** Binary headers that ask 106. */
export const binaryHeaders: OddFrames = {
  "no arguments": binaryFrame(),
  "negative length of arguments": binaryFrame({ extLength: -1 }),
  "unknown language": binaryFrame({ language: 99 }),
  "arguments beyond the header": binaryFrame({ extLength: 100 }),
  "negative length of the remark": binaryFrame({ remarkLength: -1 }),
  "too short": frame(BINARY_HEADER, words(0, 0)),
};
