/** Looks at a topic once, and leaves its watch alone: `unwatched_process.ts host:port`. */
import process from "node:process";
import { connect } from "../../../mod.ts";

const client = await connect(process.argv[2]);
const watch = client.watchTopicRoute("orders", { intervalMs: 20 });
console.log((await watch.next()).value?.type);
