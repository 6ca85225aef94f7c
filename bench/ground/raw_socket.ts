import { runtime } from "./host.ts";
import type { RuntimeName } from "./host.ts";

/** The least that moves bytes in a runtime: no promise a read, no copy, no back-pressure. Not for use outside a bench. */
export interface RawSocket {
  /** Sends bytes, after those before. */
  write(bytes: Uint8Array): void;
  /** Closes at once. */
  close(): void;
}

/** Opens the fastest socket of this runtime to a loopback port; `onBytes` gets what comes, valid while it runs. */
export function openRawSocket(port: number, onBytes: (chunk: Uint8Array) => void): Promise<RawSocket> {
  return OPENERS[runtime](port, onBytes);
}

const HOSTNAME = "127.0.0.1";
const BUFFER_BYTES = 1 << 18;

type Opener = (port: number, onBytes: (chunk: Uint8Array) => void) => Promise<RawSocket>;

const OPENERS: Readonly<Record<RuntimeName, Opener>> = { deno: openDeno, bun: openBun, node: openNode };

async function openDeno(port: number, onBytes: (chunk: Uint8Array) => void): Promise<RawSocket> {
  const connection = await Deno.connect({ hostname: HOSTNAME, port });
  connection.setNoDelay(true);
  const buffer = new Uint8Array(BUFFER_BYTES);
  void (async () => {
    for (let n = await connection.read(buffer); n !== null; n = await connection.read(buffer)) onBytes(buffer.subarray(0, n));
  })().catch(() => {}); // closed while it read
  const queue: Uint8Array[] = [];
  const drain = async (): Promise<void> => {
    for (; queue.length > 0; queue.shift()) {
      const bytes = queue[0]!;
      for (let at = 0; at < bytes.length;) {
        at += await connection.write(at === 0 ? bytes : bytes.subarray(at));
      }
    }
  };
  return {
    write: (bytes) => {
      if (queue.push(bytes) === 1) void drain();
    },
    close: () => connection.close(),
  };
}

interface BunSocket {
  write(bytes: Uint8Array): number;
  end(): void;
  setNoDelay(on: boolean): void;
}

interface BunHandlers {
  data(socket: BunSocket, bytes: Uint8Array): void;
  drain(socket: BunSocket): void;
}

interface BunHost {
  readonly Bun: { connect(options: { hostname: string; port: number; socket: BunHandlers }): Promise<BunSocket> };
}

async function openBun(port: number, onBytes: (chunk: Uint8Array) => void): Promise<RawSocket> {
  let unsent: Uint8Array[] = [];
  const send = (socket: BunSocket): void => {
    for (let bytes = unsent.shift(); bytes !== undefined; bytes = unsent.shift()) {
      const n = socket.write(bytes);
      if (n < bytes.length) {
        unsent = [bytes.subarray(n), ...unsent];
        return; // drain goes on
      }
    }
  };
  const handlers: BunHandlers = { data: (_socket, bytes) => onBytes(bytes), drain: send };
  const socket = await (globalThis as unknown as BunHost).Bun.connect({ hostname: HOSTNAME, port, socket: handlers });
  socket.setNoDelay(true);
  return {
    write: (bytes) => {
      if (unsent.push(bytes) === 1) send(socket);
    },
    close: () => socket.end(),
  };
}

/** `onread` with one buffer: quicker than `data` events, which allocate one a chunk. */
async function openNode(port: number, onBytes: (chunk: Uint8Array) => void): Promise<RawSocket> {
  const net = await import("node:net");
  const onread = {
    buffer: new Uint8Array(BUFFER_BYTES),
    callback: (n: number, buffer: Uint8Array): boolean => {
      onBytes(buffer.subarray(0, n));
      return true;
    },
  };
  return await new Promise((resolve, reject) => {
    const socket = net.connect({ host: HOSTNAME, port, noDelay: true, onread }, () => {
      resolve({ write: (bytes) => void socket.write(bytes), close: () => socket.destroy() });
    });
    socket.once("error", reject);
  });
}
