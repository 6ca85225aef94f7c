import { parentPort, workerData } from "node:worker_threads";
import { Pump } from "./pump.ts";

// The event loop would end without it: `Atomics.waitAsync` does not hold it.
parentPort!.on("message", () => {});
new Pump(workerData as SharedArrayBuffer).start();
