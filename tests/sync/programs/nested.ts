/** Asks in a worker thread, which blocks: `nested.ts host:port`. */
import process from "node:process";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { createSyncRemote, SyncNameServerClient } from "../../../src/sync.ts";

if (isMainThread) {
  const options = { workerData: process.argv[2] };
  // Node's workers do not have the loader of the thread that starts them.
  const load = `import("tsx/esm/api").then((tsx) => tsx.tsImport("${import.meta.url}", "${import.meta.url}"))`;
  const isNode = !("Deno" in globalThis) && !("Bun" in globalThis);
  const worker = isNode ? new Worker(load, { ...options, eval: true }) : new Worker(new URL(import.meta.url), options);
  worker.on("message", (said) => console.log(said));
} else {
  using client = new SyncNameServerClient(createSyncRemote(workerData as string), { timeoutMs: 30_000 });
  parentPort!.postMessage(`${client.listTopics().length} topics`);
}
