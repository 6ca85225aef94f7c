import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { NameServerError, NameServerTimeoutError } from "../../mod.ts";
import { BlockingRemote } from "../../src/sync/blocking_remote.ts";
import { PUMP_SOURCE } from "../../src/sync/pump_source.ts";
import { type StartWorker, startWorker } from "../../src/sync/start_worker.ts";
import { connectSync, SyncNameServerClient, type SyncRemoteOptions } from "../../src/sync.ts";
import { EmbeddedProcess } from "../soak/embedded_process.ts";
import { fault } from "./fault.ts";

/** Runs a client that blocks against a server in a process of its own, which goes on meanwhile. */
async function withSync(
  options: SyncRemoteOptions,
  use: (client: SyncNameServerClient, server: EmbeddedProcess) => Promise<void> | void,
): Promise<void> {
  await using server = await EmbeddedProcess.start("embedded", 1);
  using client = connectSync(server.address, options);
  await use(client, server);
}

/** How many queues the server's topic of that number has: one more. */
function queuesOf(client: SyncNameServerClient, topic: number, timeoutMs = 20_000): number | undefined {
  return client.queryTopicRouteInfo(`soak-${topic}`, { timeoutMs }).queueDatas[0]?.readQueueNums;
}

/** Ends the worker a moment after it began. */
const DIES = "\nimport('node:process').then(({ default: process }) => setTimeout(() => process.exit(1), 500));";

fault(
  72,
  "a worker that dies while the caller waits is told at once, and the next call starts another",
  () =>
    withSync({ timeoutMs: 60_000 }, async (_, server) => {
      let workers = 0;
      const start: StartWorker = (memory) => startWorker(memory, ++workers === 1 ? PUMP_SOURCE + DIES : PUMP_SOURCE);
      using client = new SyncNameServerClient(new BlockingRemote(server.address, {}, start));
      await server.order({ delayMs: 100_000 });
      const error = assertThrows(() => queuesOf(client, 1, 60_000), NameServerError);
      assertEquals([error.code, error.retryable, workers], ["NAMESRV_WORKER_DIED", true, 1]);
      await server.order({});
      assertEquals([queuesOf(client, 2), workers], [3, 2]);
    }),
);

fault(73, "a thread that may not block is told before anything starts", () => {
  const { wait } = Atomics;
  try {
    Atomics.wait = () => {
      throw new TypeError("Atomics.wait cannot be called in this context");
    };
    const error = assertThrows(() => connectSync("127.0.0.1:1"), NameServerError);
    assertEquals([error.code, error.retryable], ["NAMESRV_SYNC_UNAVAILABLE", false]);
    assertStringIncludes(error.message, "Cannot block: this thread may not wait");
  } finally {
    Atomics.wait = wait;
  }
});

fault(
  74,
  "an answer many times larger than the shared memory comes whole",
  () =>
    withSync({ sharedBytes: 4096, timeoutMs: 60_000 }, (client) => {
      // Written in pieces, too.
      const value = Array.from({ length: 100_000 }, (_, index) => `${index},`).join("");
      for (let call = 0; call < 3; call++) {
        client.putKvConfig({ namespace: "n", key: "large", value });
        assertEquals(client.getKvConfig({ namespace: "n", key: "large" }) === value, true);
      }
      assertEquals(queuesOf(client, 4), 5);
    }),
);

fault(
  75,
  "an answer that comes after its call timed out is not given to the next call",
  () =>
    withSync({ timeoutMs: 60_000 }, async (client, server) => {
      assertEquals(queuesOf(client, 0), 1);
      await server.order({ delayMs: 600 });
      for (let topic = 1; topic < 6; topic += 2) {
        const error = assertThrows(() => queuesOf(client, topic, 100), NameServerTimeoutError);
        assertEquals([error.address, error.operation], [server.address, "queryTopicRouteInfo"]);
        assertEquals(queuesOf(client, topic + 1), topic + 2); // the late answer comes while this one waits
      }
    }),
);
