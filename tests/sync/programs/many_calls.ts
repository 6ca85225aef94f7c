/** Asks 100,000 times, and prints as JSON what memory is in use behind the warm-up and at the end: `many_calls.ts host:port`. */
import process from "node:process";
import { BlockingRemote } from "../../../src/sync/blocking_remote.ts";
import { PUMP_SOURCE } from "../../../src/sync/pump_source.ts";
import { startWorker } from "../../../src/sync/start_worker.ts";
import { SyncNameServerClient } from "../../../src/sync.ts";

const WARM_UP = 20_000, CALLS = 100_000;

/** Bytes in use. */
export interface MemoryInUse {
  /** On the heap of the thread that calls, garbage apart. */
  readonly caller: number;
  /** On the heap of the worker, garbage apart. */
  readonly worker: number;
  /** By the process, outside these heaps. */
  readonly elsewhere: number;
}

interface Heap {
  readonly heapUsed: number;
  readonly heapTotal: number;
}

interface Talker {
  postMessage(message: unknown): void;
  once(event: "message", listener: (heap: Heap) => void): void;
}

/** An expression, which both threads evaluate. */
const HEAP = "(globalThis.Bun ? Bun.gc(true) : gc(), process.memoryUsage())";
const TELL_HEAP = `{
  const { parentPort } = process.getBuiltinModule("node:worker_threads");
  parentPort.on("message", () => parentPort.postMessage(${HEAP}));
}`;

let worker: Talker | undefined;
const remote = new BlockingRemote(process.argv[2]!, { timeoutMs: 30_000 }, (memory) => {
  const started = startWorker(memory, `${PUMP_SOURCE}\n${TELL_HEAP}`);
  worker = started as unknown as Talker;
  return started;
});
using client = new SyncNameServerClient(remote, { timeoutMs: 30_000 });

call(WARM_UP);
const before = await memoryInUse();
const start = performance.now();
call(CALLS - WARM_UP);
const ms = performance.now() - start;
console.log(JSON.stringify({ before, after: await memoryInUse(), microsecondsEach: Math.round(1000 * ms / (CALLS - WARM_UP)) }));

function call(times: number): void {
  for (let done = 0; done < times; done++) client.queryTopicRouteInfo("orders");
}

async function memoryInUse(): Promise<MemoryInUse> {
  const [caller, worker] = [(0, eval)(HEAP) as Heap, await heapOfWorker()];
  const elsewhere = process.memoryUsage().rss - caller.heapTotal - worker.heapTotal;
  return { caller: caller.heapUsed, worker: worker.heapUsed, elsewhere };
}

/** The worker does not hold the process: a timer does. */
async function heapOfWorker(): Promise<Heap> {
  const holding = setInterval(() => {}, 1000);
  const told = new Promise<Heap>((resolve) => worker!.once("message", resolve));
  worker!.postMessage("heap");
  return await told.finally(() => clearInterval(holding));
}
