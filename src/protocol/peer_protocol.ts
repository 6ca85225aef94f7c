import { NameServerProtocolError } from "../errors.ts";

/**
 * Throws when the first bytes of a stream show that the peer speaks something else. A RocketMQ frame starts with its length, whose first byte
 * is 0 or 1 up to the default limit, so letters are no length: "HTTP" would be a frame of 1,213,486,160 bytes.
 *
 * @param bytes First bytes of the stream, four at least.
 * @param from Named in the message: `from "10.0.0.1:9876"`, or `""`.
 * @returns Whether the verdict is final; `false` asks for more bytes (nine are enough).
 */
export function checkPeerProtocol(bytes: Uint8Array, from: string): boolean {
  if (bytes[0] === 0x15 || bytes[0] === 0x16) {
    // TLS record: type (alert, handshake), version 3.x — RFC 8446 §5.1
    if (bytes[1] === 3 && bytes[2]! <= 4) {
      throw new NameServerProtocolError(`Cannot decode stream${from}: the server wants TLS, and this connection is plain`, {
        code: "NAMESRV_TLS",
      });
    }
  }
  const first = String.fromCharCode(bytes[0]!, bytes[1]!, bytes[2]!, bytes[3]!);
  if (first.startsWith("HTTP")) fail("HTTP", first, from);
  if (first === "PRI ") fail("HTTP/2", first, from);
  if (first === "SSH-") fail("SSH", first, from);
  if (REDIS_ERROR.test(first)) fail("Redis", first, from);
  return checkHttp2Settings(bytes, from);
}

// "-ERR …", "-NOAUTH …", "-DENIED …": what Redis says to a frame it can't read
const REDIS_ERROR = /^-[A-Z]{3}$/;

/**
 * An HTTP/2 server opens with SETTINGS: u24 length (6 bytes a setting), type 4, flags 0, stream 0 — RFC 9113 §6.5. Read as a frame of
 * RocketMQ that would be a length, then an empty JSON header, which no server writes.
 */
function checkHttp2Settings(bytes: Uint8Array, from: string): boolean {
  const settingsLength = (bytes[0]! << 16) | (bytes[1]! << 8) | bytes[2]!;
  if (bytes[3] !== 4 || settingsLength === 0 || settingsLength % 6 !== 0) return true;
  if (bytes.length < 9) return bytes.subarray(4).some((byte) => byte !== 0);
  if (bytes.subarray(4, 9).every((byte) => byte === 0)) fail("HTTP/2", "SETTINGS", from);
  return true;
}

function fail(protocol: string, seen: string, from: string): never {
  throw new NameServerProtocolError(`Cannot decode stream${from}: the peer speaks ${protocol} (its first bytes are "${seen}")`, {
    code: "NAMESRV_WRONG_PROTOCOL",
  });
}
