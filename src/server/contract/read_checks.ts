import { awaitedLater } from "./awaited_later.ts";
import { expect } from "./expect.ts";
import { receive, send } from "./flow.ts";
import { Pattern } from "./pattern.ts";
import { sleep, standstill } from "./sleep.ts";
import type { ContractCheck } from "./stage.ts";
import { within } from "./within.ts";

const MIB = 1_048_576;

/** What {@link Socket.read} promises while the connection is whole. */
export const readChecks: readonly ContractCheck[] = [
  {
    name: "read() gives null at the end of the stream, and null ever after",
    async run(stage) {
      const { socket, far } = await stage.connect();
      await far.write(Uint8Array.of(1, 2, 3));
      far.end();
      await within(receiveBytes(socket, [1, 2, 3]), "read() gives the bytes before the end");
      for (let i = 0; i < 3; i++) expect(await within(socket.read(), "read() settles") === null, "read() gives null at the end");
    },
  },
  {
    name: "read() gives a reader that comes late all that was sent before the end",
    async run(stage) {
      const { socket, far } = await stage.connect();
      const sending = awaitedLater(send(far, new Pattern(10), 3 * MIB).then(() => far.end()));
      await sleep(100);
      await within(receive(socket, new Pattern(10), 3 * MIB), "all bytes before the end arrive");
      expect(await within(socket.read(), "read() settles") === null, "read() gives null after the last byte");
      await sending;
    },
  },
  {
    name: "read() gives bytes one at a time as they come",
    async run(stage) {
      const { socket, far } = await stage.connect();
      for (let byte = 0; byte < 50; byte++) {
        const read = awaitedLater(socket.read());
        await far.write(Uint8Array.of(byte));
        const chunk = await within(read, "a pending read() is woken by a byte");
        expect(chunk?.length === 1 && chunk[0] === byte, `read() gives byte ${byte} alone`);
      }
    },
  },
  {
    name: "read() leaves the last chunk as it is until the next read, whatever arrives meanwhile",
    async run(stage) {
      const { socket, far } = await stage.connect();
      const sent = new Pattern(1);
      const received = new Pattern(1);
      await send(far, sent, 1000);
      for (let round = 0; round < 5; round++) {
        const chunk = await within(socket.read(), "read() gives a chunk");
        expect(chunk !== null, "read() gives a chunk");
        const copy = chunk.slice();
        await send(far, sent, 50_000);
        await sleep(20);
        expect(chunk.every((byte, i) => byte === copy[i]), "a chunk stays as it is until the next read()");
        received.check(chunk);
      }
      await within(receive(socket, received, sent.offset - received.offset), "all bytes arrive");
    },
  },
  {
    name: "read() respects back-pressure: what nobody reads stays in the network, and flows on with the next reads",
    async run(stage) {
      const { socket, far } = await stage.connect();
      const sent = new Pattern(2);
      const sending = awaitedLater(send(far, sent, 192 * MIB));
      await standstill(() => sent.offset);
      const taken = sent.offset;
      expect(taken < 128 * MIB, `the peer's writes stop while nobody reads: ${taken} bytes were taken`);
      await within(receive(socket, new Pattern(2), taken + 8 * MIB), "bytes flow on when reading resumes");
      socket.close();
      await within(sending.catch(() => {}), "the peer's writes end with the connection");
    },
  },
];

async function receiveBytes(socket: { read(): Promise<Uint8Array | null> }, expected: readonly number[]): Promise<void> {
  const bytes: number[] = [];
  while (bytes.length < expected.length) bytes.push(...await socket.read() ?? [-1]);
  expect(bytes.join() === expected.join(), `the bytes ${expected.join()} arrive, not ${bytes.join()}`);
}
