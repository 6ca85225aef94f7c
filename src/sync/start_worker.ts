import { NameServerError } from "../errors.ts";
import { PumpState, Word } from "./pump/layout.ts";
import { PUMP_SOURCE } from "./pump_source.ts";

/** A worker, as far as the caller has to do with it. */
export interface PumpWorker {
  /** Ends it. */
  terminate(): unknown;
}

/** Starts the pump on this memory. */
export type StartWorker = (memory: SharedArrayBuffer) => PumpWorker;

interface NodeWorker extends PumpWorker {
  unref(): void;
  on(event: "error" | "exit", listener: () => void): void;
}
interface WorkerThreads {
  readonly Worker?: new (url: URL, options: object) => NodeWorker;
}
interface Globals {
  readonly navigator?: { readonly userAgent?: string };
  readonly process?: { getBuiltinModule?(name: "node:worker_threads"): WorkerThreads | undefined };
}

/**
 * Starts a worker with the program of the pump, from a `data:` URL: nothing has to be read, bundled or allowed for it. It does not hold the
 * process.
 *
 * @param source Its program.
 */
export function startWorker(memory: SharedArrayBuffer, source: string = PUMP_SOURCE): PumpWorker {
  const Worker = findWorker()!;
  const url = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  // Without `env` Deno would ask for leave to read the environment; without `execArgv` Node would give it loaders of this process.
  const worker = new Worker(url, { workerData: memory, env: {}, execArgv: [] });
  worker.unref();
  worker.on("error", () => {}); // told by the state word
  // One that is ended from outside may not have come to say so itself.
  worker.on("exit", () => Atomics.store(new Int32Array(memory), Word.STATE, PumpState.DEAD));
  return worker;
}

/** Makes sure that this thread may block and that there are workers. @throws {NameServerError} `NAMESRV_SYNC_UNAVAILABLE` otherwise. */
export function checkSyncAvailable(globals: object = globalThis): void {
  const reason = findWorker(globals as Globals) === undefined ? "this runtime has no node:worker_threads" : whyNotBlock();
  if (reason === undefined) return;
  const message = `Cannot block: ${reason}; use the client of "@rmq/nameserver", which does not`;
  throw new NameServerError(message, { code: "NAMESRV_SYNC_UNAVAILABLE" });
}

function findWorker(globals: Globals = globalThis as Globals): WorkerThreads["Worker"] {
  // workerd with `nodejs_compat` has the module, but no threads.
  if (globals.navigator?.userAgent === "Cloudflare-Workers") return undefined;
  return globals.process?.getBuiltinModule?.("node:worker_threads")?.Worker;
}

/** Why this thread may not block; `undefined` where it may. */
function whyNotBlock(): string | undefined {
  if (typeof SharedArrayBuffer === "undefined" || typeof Atomics === "undefined") return "this runtime shares no memory between threads";
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1); // is not 1: does not wait
    return undefined;
  } catch {
    return "this thread may not wait";
  }
}
