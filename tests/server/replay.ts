import type { EmbeddedNameServer } from "../../src/testing.ts";
import type { Socket } from "../../src/socket/socket.ts";
import { fromHex, toHex } from "../golden/hex.ts";
import type { GoldenRow } from "../golden/golden_rows.ts";
import { isSameAnswer } from "./same_answer.ts";

/** How long silence has to last to be taken for one: the server is in this process, and answers at once. */
const SILENCE_MS = 20;

/** What came of one row. */
export interface Replayed {
  readonly row: GoldenRow;
  readonly isEqual: boolean;
  /** What the server did: frames in hexadecimal, or `closed`, or `timeout`. */
  readonly seen: string;
}

/**
 * Sends the rows to the server, one after the other. Registrations have a connection of their own that stays open until the rows that show
 * what is left when they are gone; other rows a short one.
 */
export async function replay(server: EmbeddedNameServer, rows: readonly GoldenRow[]): Promise<readonly Replayed[]> {
  const replayed: Replayed[] = [];
  const brokers: Socket[] = [];
  for (const row of rows) {
    if (row.kind === "gone") brokers.splice(0).forEach((socket) => socket.close());
    const socket = await dial(server);
    replayed.push(await replayRow(socket, row));
    if (row.requestCode === 103) brokers.push(socket);
    else socket.close();
  }
  brokers.forEach((socket) => socket.close());
  return replayed;
}

async function dial(server: EmbeddedNameServer): Promise<Socket> {
  const [hostname, port] = server.address.split(":");
  return await server.adapter.connect({ hostname: hostname!, port: Number(port) }, { signal: AbortSignal.timeout(5000) });
}

async function replayRow(socket: Socket, row: GoldenRow): Promise<Replayed> {
  const expected = row.responsesHex ?? (row.responseHex === null ? [] : [row.responseHex]);
  const bytes = fromHex(row.requestHex ?? "");
  const pieces = row.kind === "dribble" ? [...bytes].map((byte) => Uint8Array.of(byte)) : [bytes];
  for (const piece of pieces) await socket.write(piece);
  const frames = await readFrames(socket, expected.length);
  const seen = typeof frames === "string" ? frames : frames.map(toHex).join(" ");
  const isEqual = expected.length === 0 ? seen === row.outcome : typeof frames !== "string" && areEqual(frames, expected.map(fromHex));
  return { row, isEqual, seen };
}

/** Several answers may come in any order. */
function areEqual(frames: readonly Uint8Array[], expected: readonly Uint8Array[]): boolean {
  return frames.length === expected.length && expected.every((wanted) => frames.some((frame) => isSameAnswer(frame, wanted)));
}

/** So many frames, or one where none is expected; `closed` or `timeout` where they do not come. */
async function readFrames(socket: Socket, count: number): Promise<readonly Uint8Array[] | "closed" | "timeout"> {
  let received: Uint8Array = new Uint8Array(0);
  for (;;) {
    const frames = cut(received);
    if (frames.length >= Math.max(1, count)) return frames;
    const chunk = await orSilence(socket.read());
    if (chunk === "timeout") return chunk;
    if (chunk === null) return "closed";
    received = Uint8Array.of(...received, ...chunk);
  }
}

async function orSilence<T>(reading: Promise<T>): Promise<T | "timeout"> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<"timeout">((resolve) => timer = setTimeout(() => resolve("timeout"), SILENCE_MS));
  try {
    return await Promise.race([reading, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whole frames, their length words included. */
function cut(bytes: Uint8Array): readonly Uint8Array[] {
  const frames: Uint8Array[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 4 <= bytes.length;) {
    const end = at + 4 + view.getUint32(at);
    if (end > bytes.length) break;
    frames.push(bytes.subarray(at, end));
    at = end;
  }
  return frames;
}
