import type { Socket } from "../../socket/socket.ts";
import { awaitedLater } from "./awaited_later.ts";
import { expect } from "./expect.ts";
import { receive, send } from "./flow.ts";
import { Pattern } from "./pattern.ts";
import type { PeerSocket } from "./peer.ts";
import { rejection } from "./rejection.ts";
import { sleep } from "./sleep.ts";
import type { ContractCheck } from "./stage.ts";
import { within } from "./within.ts";

const MIB = 1_048_576;

/** What holds when either side closes or breaks the connection. */
export const closeChecks: readonly ContractCheck[] = [
  {
    name: "close() wakes a pending read with null; read() gives null ever after",
    async run(stage) {
      const { socket } = await stage.connect();
      const read = awaitedLater(socket.read());
      await sleep(10);
      socket.close();
      expect(await within(read, "a pending read() settles on close()") === null, "a pending read() gives null on close()");
      expect(await within(socket.read(), "read() settles after close()") === null, "read() gives null after close()");
    },
  },
  {
    name: "close() drops bytes that nobody has read",
    async run(stage) {
      const { socket, far } = await stage.connect();
      await far.write(new Uint8Array(100_000));
      await within(socket.read(), "read() gives bytes");
      await sleep(20);
      socket.close();
      expect(await within(socket.read(), "read() settles after close()") === null, "read() gives null after close()");
    },
  },
  {
    name: "close() rejects pending writes, and every later one",
    async run(stage) {
      const { socket, far } = await stage.connect();
      const pending = [socket.write(new Uint8Array(96 * MIB)), socket.write(Uint8Array.of(1))];
      const rejections = pending.map((write) => awaitedLater(rejection(write, "a pending write() rejects on close()")));
      await sleep(50);
      socket.close();
      await Promise.all(rejections);
      await rejection(socket.write(Uint8Array.of(1)), "write() rejects after close()");
      await untilEnd(far);
    },
  },
  {
    name: "close() is idempotent and never throws",
    async run(stage) {
      const { socket, far } = await stage.connect();
      socket.close();
      socket.close();
      await untilEnd(far);
      socket.close();
    },
  },
  {
    name: "close() lets what was written arrive before the end",
    async run(stage) {
      const { socket, far } = await stage.connect();
      await within(send(socket, new Pattern(8), 100_000), "write() resolves");
      socket.close();
      await within(receive(far, new Pattern(8), 100_000), "what was written before close() arrives");
      expect(await within(far.read(), "the peer sees the end") === null, "the peer sees an orderly end");
    },
  },
  {
    name: "the end of the peer's bytes does not lose ours, and close() then ends the connection",
    async run(stage) {
      const { socket, far } = await stage.connect();
      await within(send(socket, new Pattern(9), 100_000), "write() resolves");
      far.end();
      expect(await within(socket.read(), "read() settles at the end") === null, "read() gives null at the end");
      await within(receive(far, new Pattern(9), 100_000), "what was written before the end arrives");
      socket.close();
      await untilEnd(far);
    },
  },
  {
    name: "a broken connection rejects the pending read or ends it, then gives null; write() rejects",
    async run(stage) {
      const { socket, far } = await stage.connect();
      const read = awaitedLater(socket.read());
      await sleep(10);
      far.reset();
      await expectBroken(socket, read);
    },
  },
  {
    name: "a connection that breaks while idle says so at the next read",
    async run(stage) {
      const { socket, far } = await stage.connect();
      await far.write(Uint8Array.of(1));
      await within(socket.read(), "read() gives a byte");
      far.reset();
      await sleep(50);
      await expectBroken(socket, socket.read());
    },
  },
];

async function expectBroken(socket: Socket, read: Promise<Uint8Array | null>): Promise<void> {
  const first = await within(read.catch(() => null), "read() settles on a broken connection");
  expect(first === null, "read() rejects or gives null on a broken connection");
  expect(await within(socket.read(), "read() settles") === null, "read() gives null once the break was told");
  await rejection(socket.write(Uint8Array.of(1)), "write() rejects on a broken connection");
}

/** The peer reads until nothing comes any more, in order or not. */
async function untilEnd(far: PeerSocket): Promise<void> {
  const drained = (async () => {
    try {
      while (await far.read() !== null);
    } catch {
      // a reset ends it, too
    }
  })();
  await within(drained, "the peer sees the connection end");
}
