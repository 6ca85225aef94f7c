import { connect, type Socket } from "node:net";

/** What a server answered. */
export interface Answer {
  /** 0 is success. */
  readonly code: number;
  /** Bytes behind the header, as text. */
  readonly body: string;
}

/**
 * Sends one request over a connection of its own and gives the answer. Written by hand, apart from the library under test, so that a
 * mistake there cannot make a server look ready, or dead.
 *
 * @param address `host:port`
 * @param code Request code: 105 asks for a route, 106 for the cluster
 * @param text The body
 * @throws {Error} Where the server refuses, closes, or is silent for three seconds.
 */
export async function ask(
  address: string,
  code: number,
  extFields: Readonly<Record<string, string>> = {},
  text: string = "",
): Promise<Answer> {
  const [host, port] = address.split(":");
  const socket = connect({ host: host!, port: Number(port) });
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.setTimeout(3000, () => socket.destroy(new Error(`Cannot ask "${address}": silent for 3000 ms`)));
  try {
    socket.write(encodeRequest(code, extFields, new TextEncoder().encode(text)));
    return decodeAnswer(await readFrame(socket));
  } finally {
    socket.destroy();
    await closed;
  }
}

function encodeRequest(code: number, extFields: Readonly<Record<string, string>>, body: Uint8Array): Uint8Array {
  const header = new TextEncoder().encode(JSON.stringify({ code, language: "OTHER", version: 0, opaque: 1, flag: 0, extFields }));
  const frame = new Uint8Array(8 + header.length + body.length);
  const words = new DataView(frame.buffer);
  words.setUint32(0, frame.length - 4); // bytes that follow
  words.setUint32(4, header.length); // high byte 0: a JSON header
  frame.set(header, 8);
  frame.set(body, 8 + header.length);
  return frame;
}

/** All of the first frame, without its length word. */
async function readFrame(socket: Socket): Promise<Uint8Array> {
  let bytes = new Uint8Array(0);
  for await (const chunk of socket) {
    const more: Uint8Array = chunk;
    const joined = new Uint8Array(bytes.length + more.length);
    joined.set(bytes);
    joined.set(more, bytes.length);
    bytes = joined;
    if (bytes.length >= 4 && bytes.length >= 4 + new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0)) {
      return bytes.subarray(4);
    }
  }
  throw new Error(`Cannot read answer: connection closed after ${bytes.length} bytes`);
}

function decodeAnswer(frame: Uint8Array): Answer {
  const words = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const headerEnd = 4 + (words.getUint32(0) & 0xffffff);
  const body = new TextDecoder().decode(frame.subarray(headerEnd));
  // a server told to write binary headers answers with one, whatever it was asked with; it starts with the code
  if (words.getUint8(0) === 1) return { code: words.getInt16(4), body };
  return { code: JSON.parse(new TextDecoder().decode(frame.subarray(4, headerEnd))).code, body };
}
