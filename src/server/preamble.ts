/** Where the first frame of a connection starts, once that is known. */
export interface Preamble {
  /** Bytes that came before the first frame. */
  readonly length: number;
}

/** How many bytes 5.x waits for before it looks at any: as many as tell PROXY protocol apart. */
const FIRST_BYTES = 12;
const V1 = "PROXY";
/** Longest first line of version 1. */
const V1_MAX_BYTES = 108;
// Signature of version 2, then version and command, family, u16 length — haproxy.org/download/2.9/doc/proxy-protocol.txt §2.2
const V2 = [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a];
const V2_HEADER_BYTES = 16;

/**
 * Looks for PROXY protocol at the beginning of a connection, as 5.x does — remoting/netty/NettyRemotingServer.java, HandshakeHandler.
 *
 * @returns Where frames start; `undefined` while more bytes are needed.
 * @throws {RangeError} If a line of PROXY protocol does not end.
 */
export function findPreamble(bytes: Uint8Array): Preamble | undefined {
  if (bytes.length < FIRST_BYTES) return undefined;
  if (String.fromCharCode(...bytes.subarray(0, V1.length)) === V1) return endOfLine(bytes);
  if (!V2.every((byte, i) => bytes[i] === byte)) return { length: 0 };
  if (bytes.length < V2_HEADER_BYTES) return undefined;
  const length = V2_HEADER_BYTES + ((bytes[14]! << 8) | bytes[15]!);
  return bytes.length < length ? undefined : { length };
}

function endOfLine(bytes: Uint8Array): Preamble | undefined {
  const at = bytes.indexOf(0x0a);
  if (at >= 0 && at < V1_MAX_BYTES) return { length: at + 1 };
  if (at < 0 && bytes.length < V1_MAX_BYTES) return undefined;
  throw new RangeError(`Cannot read PROXY line: ${bytes.length} bytes exceed the limit of ${V1_MAX_BYTES}`);
}
