/** Asks once, and leaves the client open: `idle.ts host:port`. */
import process from "node:process";
import { connectSync } from "../../../src/sync.ts";

const client = connectSync(process.argv[2], { timeoutMs: 30_000 });
console.log(`${client.listTopics().length} topics`);
