import { awaitedLater } from "./awaited_later.ts";
import { expect } from "./expect.ts";
import { receive, send } from "./flow.ts";
import { Pattern } from "./pattern.ts";
import { rejection } from "./rejection.ts";
import { sleep } from "./sleep.ts";
import type { ContractCheck } from "./stage.ts";
import { within } from "./within.ts";

const MIB = 1_048_576;

/** What {@link Socket.write} promises while the connection is whole. */
export const writeChecks: readonly ContractCheck[] = [
  {
    name: "write() completes a large write at a slow reader, in order",
    async run(stage) {
      const { socket, far } = await stage.connect();
      const bytes = patternBytes(3, 8 * MIB);
      const written = awaitedLater(socket.write(bytes));
      await within(receive(far, new Pattern(3), bytes.length, () => sleep(0)), "a large write arrives whole");
      await within(written, "write() resolves when all was taken");
    },
  },
  {
    name: "write() keeps the order of concurrent writes, small and large",
    async run(stage) {
      const { socket, far } = await stage.connect();
      const sizes = Array.from({ length: 60 }, (_, i) => [1, 700_000, 150, 65_536, 3, 40_000][i % 6]!);
      const total = sizes.reduce((sum, size) => sum + size);
      const bytes = patternBytes(4, total);
      let at = 0;
      const writes = sizes.map((size) => awaitedLater(socket.write(bytes.subarray(at, at += size))));
      await within(receive(far, new Pattern(4), total, () => sleep(0)), "concurrent writes arrive in order");
      await within(Promise.all(writes), "every write() resolves");
    },
  },
  {
    name: "write() hands the bytes back when it resolves",
    async run(stage) {
      const { socket, far } = await stage.connect();
      const source = new Pattern(5);
      const scratch = new Uint8Array(65_536);
      const receiving = receive(far, new Pattern(5), 16 * MIB, () => sleep(0));
      const sending = (async () => {
        while (source.offset < 16 * MIB) {
          scratch.set(source.next(scratch.length));
          await socket.write(scratch);
          scratch.fill(0);
        }
      })();
      await within(Promise.all([sending, receiving]), "bytes written from a buffer that is used again arrive as they were");
    },
  },
  {
    name: "write() waits while the peer reads nothing",
    async run(stage) {
      const { socket, far } = await stage.connect();
      let settled = false;
      const written = socket.write(new Uint8Array(96 * MIB)).finally(() => settled = true);
      const failed = awaitedLater(rejection(written, "a pending write() rejects when the peer breaks the connection"));
      await sleep(100);
      expect(!settled, "write() of 96 MiB is pending while the peer reads nothing");
      far.reset();
      await failed;
    },
  },
  {
    name: "write() and read() move 64 MiB both ways at once without loss",
    async run(stage) {
      const { socket, far } = await stage.connect();
      const flows = [
        send(socket, new Pattern(6), 64 * MIB),
        receive(far, new Pattern(6), 64 * MIB),
        send(far, new Pattern(7), 64 * MIB),
        receive(socket, new Pattern(7), 64 * MIB),
      ];
      await within(Promise.all(flows), "64 MiB arrive both ways");
    },
  },
];

function patternBytes(seed: number, length: number): Uint8Array {
  const pattern = new Pattern(seed);
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at = pattern.offset) bytes.set(pattern.next(Math.min(65_536, length - at)), at);
  return bytes;
}
