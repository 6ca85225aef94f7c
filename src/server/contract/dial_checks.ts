import { expect } from "./expect.ts";
import type { PeerSocket } from "./peer.ts";
import { rejection } from "./rejection.ts";
import { sleep } from "./sleep.ts";
import type { ContractCheck, Stage } from "./stage.ts";
import { within } from "./within.ts";

/** What {@link SocketAdapter.connect} promises. */
export const dialChecks: readonly ContractCheck[] = [
  {
    name: "connect() opens sockets that know nothing of each other",
    async run(stage) {
      const [one, other] = [await stage.connect(), await stage.connect()];
      await one.far.write(Uint8Array.of(1));
      await other.far.write(Uint8Array.of(2));
      const chunks = await within(Promise.all([one.socket.read(), other.socket.read()]), "both sockets give bytes");
      expect(chunks[0]?.[0] === 1 && chunks[1]?.[0] === 2, "each socket gives its own bytes");
      one.socket.close();
      await within(other.socket.write(Uint8Array.of(3)), "write() resolves when another socket was closed");
      expect((await within(other.far.read(), "the peer reads"))?.[0] === 3, "a socket works on when another one was closed");
    },
  },
  {
    name: "connect() rejects where nothing listens",
    async run(stage) {
      await stage.peer.close();
      const error = await rejection(stage.dial(), "connect() rejects where nothing listens");
      expect(error instanceof Error, "connect() rejects with an Error");
    },
  },
  {
    name: "connect() with a signal that has fired rejects with its reason and does not dial",
    async run(stage) {
      const reason = new Error("fired before");
      const error = await rejection(stage.dial(AbortSignal.abort(reason)), "connect() rejects with a fired signal");
      expect(error === reason, "connect() rejects with signal.reason itself");
      await stage.connect();
      await sleep(20);
      expect(stage.peer.acceptedCount === 1, "connect() with a fired signal does not dial");
    },
  },
  {
    name: "connect() aborted while it dials rejects with the signal's reason and leaves nothing open",
    async run(stage) {
      for (const pause of [undefined, () => Promise.resolve(), () => sleep(0)]) {
        for (let i = 0; i < 5; i++) await abortDial(stage, pause);
      }
      const socket = await stage.dial();
      await within(socket.write(Uint8Array.of(1)), "write() resolves");
      await sleep(50);
      const alive = await Promise.all(Array.from({ length: stage.peer.acceptedCount }, () => acceptedAlive(stage)));
      expect(alive.filter(Boolean).length === 1, "every connection whose dial was aborted is closed, and no other");
    },
  },
  {
    name: "connect() is done with its signal once the socket is open",
    async run(stage) {
      const controller = new AbortController();
      const { socket, far } = await stage.connect(controller.signal);
      controller.abort(new Error("fired later"));
      await sleep(10);
      await within(socket.write(Uint8Array.of(1)), "write() resolves after the signal fired");
      await far.write(Uint8Array.of(2));
      expect((await within(socket.read(), "read() settles"))?.[0] === 2, "a signal that fires later leaves the socket alone");
    },
  },
];

async function abortDial(stage: Stage, pause: (() => Promise<void>) | undefined): Promise<void> {
  const controller = new AbortController();
  const reason = new Error("fired while dialling");
  const dialled = stage.dial(controller.signal).then((socket) => socket.close(), (error: unknown) => ({ error }));
  if (pause !== undefined) await pause();
  controller.abort(reason);
  const outcome = await dialled;
  // Given time, a dial may have been faster than the signal.
  if (outcome === undefined) expect(pause !== undefined, "connect() rejects when its signal fires at once");
  else expect(outcome.error === reason, "connect() rejects with signal.reason itself");
}

/** Whether the next accepted connection has bytes: the others only end. */
async function acceptedAlive(stage: Stage): Promise<boolean> {
  const far: PeerSocket = await stage.peer.accept();
  return await within(far.read().catch(() => null), "an aborted connection ends") !== null;
}
