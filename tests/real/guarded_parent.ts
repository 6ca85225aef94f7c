/** Starts a guarded process and waits to be killed; for guarded_process_test.ts. */
import { tmpdir } from "node:os";
import { GuardedProcess } from "./guarded_process.ts";

const child = new GuardedProcess({ parentFolder: tmpdir(), command: () => ["sleep", "600"] });
console.log(JSON.stringify({ pid: child.pid, folder: child.folder }));
await child.exited;
