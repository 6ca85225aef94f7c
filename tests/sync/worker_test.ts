import { assert, assertEquals, assertThrows } from "@std/assert";
import process from "node:process";
import { NameServerError, NameServerTimeoutError } from "../../mod.ts";
import { listTopics } from "../../src/request/topic_lists.ts";
import { BlockingRemote } from "../../src/sync/blocking_remote.ts";
import { PUMP_SOURCE } from "../../src/sync/pump_source.ts";
import { checkSyncAvailable, type PumpWorker, type StartWorker, startWorker } from "../../src/sync/start_worker.ts";
import { SyncNameServerClient } from "../../src/sync/sync_client.ts";
import { test } from "../harness.ts";
import { ServerProcess } from "./server_process.ts";

const LIMIT = { timeoutMs: 60_000 };

/** Starts workers whose first one has more to do than the pump. */
function firstWith(more: string): StartWorker & { readonly started: number } {
  const start = Object.assign((memory: SharedArrayBuffer): PumpWorker => {
    return startWorker(memory, start.started++ === 0 ? `${PUMP_SOURCE}\n${more}` : PUMP_SOURCE);
  }, { started: 0 });
  return start;
}

test("fault 72: a worker that ends while the caller waits is NAMESRV_WORKER_DIED, and the next call starts another", async () => {
  await using servers = await ServerProcess.start();
  const start = firstWith("setTimeout(() => process.exit(1), 400);");
  using client = new SyncNameServerClient(new BlockingRemote(servers.address, {}, start));
  await servers.setFaults({ silent: true });
  const error = assertThrows(() => client.listTopics({ timeoutMs: 30_000 }), NameServerError, "it ended");
  assertEquals([error.code, error.retryable, start.started], ["NAMESRV_WORKER_DIED", true, 1]);
  await servers.setFaults({});
  assertEquals([client.listTopics({ timeoutMs: 30_000 }).length, start.started], [2, 2]);
}, LIMIT);

test("fault 72: a worker that throws, or is stuck, is noticed too", async () => {
  await using servers = await ServerProcess.start();
  await servers.setFaults({ silent: true });
  for (
    const [more, words] of [["setTimeout(() => { throw 1; }, 300);", "it ended"], [
      "setTimeout(() => { for (;;); }, 300);",
      "no sign of life",
    ]]
  ) {
    using client = new SyncNameServerClient(new BlockingRemote(servers.address, {}, firstWith(more!)));
    const error = assertThrows(() => client.listTopics({ timeoutMs: 30_000 }), NameServerError, words);
    assertEquals(error.code, "NAMESRV_WORKER_DIED");
  }
}, LIMIT);

test("fault 72: a worker that ended between two calls is replaced without a word", async () => {
  await using servers = await ServerProcess.start();
  let worker: PumpWorker | undefined;
  const start = firstWith("");
  using client = new SyncNameServerClient(new BlockingRemote(servers.address, {}, (memory) => worker = start(memory)));
  assertEquals(client.listTopics({ timeoutMs: 30_000 }).length, 2);
  await worker!.terminate();
  try {
    client.listTopics({ timeoutMs: 30_000 });
  } catch (error) {
    assertEquals((error as NameServerError).code, "NAMESRV_WORKER_DIED"); // where a runtime lets no worker say that it is ended
  }
  assertEquals([client.listTopics({ timeoutMs: 30_000 }).length, start.started], [2, 2]);
}, LIMIT);

test("the start of the worker counts in the deadline of the first call", () => {
  const idle: StartWorker = () => ({ terminate: () => {} });
  using client = new SyncNameServerClient(new BlockingRemote("127.0.0.1:9", { timeoutMs: 60 }, idle));
  assertThrows(() => client.listTopics(), NameServerTimeoutError, "not sent within 60 ms");
});

test("fault 73: where there are no threads, nothing starts", () => {
  for (const globals of [{}, { process: {} }, { navigator: { userAgent: "Cloudflare-Workers" }, process }]) {
    const error = assertThrows(() => checkSyncAvailable(globals), NameServerError, "Cannot block: this runtime has no node:worker_threads");
    assertEquals(error.code, "NAMESRV_SYNC_UNAVAILABLE");
  }
  checkSyncAvailable();
});

test("fault 73: where the thread may not wait, nothing starts", () => {
  const { wait } = Atomics;
  Atomics.wait = () => {
    throw new TypeError("Atomics.wait cannot be called in this context");
  };
  try {
    const error = assertThrows(() => new BlockingRemote("127.0.0.1:9"), NameServerError, "this thread may not wait");
    assertEquals(error.code, "NAMESRV_SYNC_UNAVAILABLE");
  } finally {
    Atomics.wait = wait;
  }
});

test("fault 75: the answer of a call that timed out is never given to another, however late it comes", async () => {
  await using servers = await ServerProcess.start();
  using client = new SyncNameServerClient(new BlockingRemote(servers.address, { retries: 0, timeoutMs: 30_000 }));
  client.putKvConfig({ namespace: "n", key: "k", value: "late" });
  await servers.setFaults({ delayMs: 60 });
  let late = 0;
  for (let round = 0; round < 10; round++) {
    try {
      client.getKvConfig({ namespace: "n", key: "k" }, { timeoutMs: 10 + 10 * round });
    } catch (error) {
      assert(error instanceof NameServerTimeoutError);
      late++;
    }
    assertEquals([...client.listTopics()].sort(), ["bills", "orders"]);
  }
  assert(late > 0);
}, LIMIT);

test("requestEach() asks a server that is named twice once, and gives its answer twice", async () => {
  await using servers = await ServerProcess.start(2);
  const [first, second] = servers.addresses;
  using remote = new BlockingRemote(servers.address, { timeoutMs: 20_000 });
  const results = remote.requestEach([first!, second!, ` ${first}`], listTopics.encode());
  assertEquals(results.map((each) => each.status === "fulfilled" && each.value.address), [first, second, first]);
  assertEquals([await servers.received(0), await servers.received(1)], [[206], [206]]);
}, LIMIT);
