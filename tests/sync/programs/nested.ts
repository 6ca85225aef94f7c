/** Asks in a worker thread, which blocks: `nested.ts host:port`. */
import process from "node:process";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { createSyncRemote, SyncNameServerClient } from "../../../src/sync.ts";

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url), { workerData: process.argv[2] });
  worker.on("message", (said) => console.log(said));
} else {
  using client = new SyncNameServerClient(createSyncRemote(workerData as string), { timeoutMs: 30_000 });
  parentPort!.postMessage(`${client.listTopics().length} topics`);
}
