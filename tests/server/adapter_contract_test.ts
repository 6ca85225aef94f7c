import { assertEquals, assertRejects } from "@std/assert";
import { adapterContract } from "../../src/server/adapter_contract.ts";
import { nodeAdapter } from "../../src/socket/node.ts";
import type { Socket, SocketAdapter } from "../../src/socket/socket.ts";
import { test } from "../harness.ts";

// That good adapters pass is shown by tests/socket/contract_test.ts; here bad ones are caught.

/** A good socket with one method in another's hands. */
function spoil(change: (socket: Socket) => Partial<Socket>): SocketAdapter {
  return {
    name: "spoilt",
    async connect(endpoint, options) {
      const socket = await nodeAdapter.connect(endpoint, options);
      const good: Socket = { read: () => socket.read(), write: (bytes) => socket.write(bytes), close: () => socket.close() };
      return { ...good, ...change(socket) };
    },
  };
}

function spoilDial(connect: SocketAdapter["connect"]): SocketAdapter {
  return { name: "spoilt", connect };
}

/** Reads on whether or not anyone asks. */
function readAhead(socket: Socket): Partial<Socket> {
  const chunks: Promise<Uint8Array | null>[] = [];
  const next = (): void => {
    const read = socket.read().then((chunk) => chunk && chunk.slice());
    chunks.push(read);
    read.then((chunk) => chunk && next(), () => {});
  };
  next();
  return { read: () => chunks.shift() ?? Promise.resolve(null) };
}

/** Gives one buffer again and again, and fills it before it is asked to. */
function shareBuffer(socket: Socket): Partial<Socket> {
  const shared = new Uint8Array(1_000_000);
  const fill = async (): Promise<Uint8Array | null> => {
    const chunk = await socket.read();
    if (chunk === null) return null;
    shared.set(chunk);
    return shared.subarray(0, chunk.length);
  };
  let following = fill();
  return {
    read: () => {
      const current = following;
      following = current.then((chunk) => chunk && fill());
      return current;
    },
  };
}

const never = new AbortController().signal;
const SPOILT: readonly (readonly [what: string, adapter: SocketAdapter, caughtBy: string])[] = [
  [
    "dials whatever its signal says",
    spoilDial((endpoint) => nodeAdapter.connect(endpoint, { signal: never })),
    "connect() with a signal that has fired rejects",
  ],
  [
    "rejects with an error of its own in place of the signal's reason",
    spoilDial((endpoint, options) =>
      nodeAdapter.connect(endpoint, options).catch((cause) => Promise.reject(new Error("Cannot dial", { cause })))
    ),
    "connect() aborted while it dials",
  ],
  [
    "closes the open socket when the signal fires later",
    spoilDial(async (endpoint, { signal }) => {
      const socket = await nodeAdapter.connect(endpoint, { signal });
      signal.addEventListener("abort", () => socket.close());
      return socket;
    }),
    "connect() is done with its signal",
  ],
  [
    "gives an empty chunk at the end",
    spoil((socket) => ({ read: async () => await socket.read() ?? new Uint8Array(0) })),
    "read() gives null at the end",
  ],
  ["shares its buffer with the next read", spoil(shareBuffer), "read() leaves the last chunk as it is"],
  ["reads what nobody asked for", spoil(readAhead), "read() respects back-pressure"],
  [
    "loses a byte of a large chunk",
    spoil((socket) => ({
      read: async () => {
        const chunk = await socket.read();
        return chunk !== null && chunk.length > 4096 ? chunk.subarray(1) : chunk;
      },
    })),
    "write() and read() move 64 MiB",
  ],
  [
    "lets small writes overtake large ones",
    spoil((socket) => ({
      write: async (bytes) => {
        if (bytes.length > 100_000) await new Promise((resolve) => setTimeout(resolve, 1));
        await socket.write(bytes);
      },
    })),
    "write() keeps the order of concurrent writes",
  ],
  [
    "keeps the bytes after it said that they were written",
    spoil((socket) => ({ write: (bytes) => Promise.resolve(void setTimeout(() => socket.write(bytes).catch(() => {}))) })),
    "write() hands the bytes back",
  ],
  [
    "says that all was written at once",
    spoil((socket) => ({ write: (bytes) => Promise.resolve(void socket.write(bytes).catch(() => {})) })),
    "write() waits while the peer reads nothing",
  ],
  [
    "hides that a write came too late",
    spoil((socket) => ({ write: (bytes) => socket.write(bytes).catch(() => {}) })),
    "close() rejects pending writes",
  ],
  [
    "rejects reads after close()",
    spoil((socket) => ({ read: async () => await socket.read() ?? Promise.reject(new Error("closed")) })),
    "close() wakes a pending read",
  ],
  [
    "throws when it is closed twice",
    spoil((socket) => {
      let closed = false;
      return {
        close: () => {
          if (closed) throw new Error("closed already");
          closed = true;
          socket.close();
        },
      };
    }),
    "close() is idempotent",
  ],
  [
    "tells a broken connection at every read",
    spoil((socket) => ({ read: async () => await socket.read() ?? Promise.reject(new Error("broken")) })),
    "a connection that breaks while idle",
  ],
];

for (const [what, adapter, caughtBy] of SPOILT) {
  test(`adapterContract() catches an adapter that ${what}`, async () => {
    const check = adapterContract(adapter).find(({ name }) => name.startsWith(caughtBy))!;
    await assertRejects(() => check.run(), Error);
  });
}

test("adapterContract() names each check once", () => {
  const names = adapterContract(nodeAdapter).map(({ name }) => name);
  assertEquals(names.length, new Set(names).size);
});
