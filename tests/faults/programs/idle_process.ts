/** Asks once, and leaves the connection open without closing the client: `idle_process.ts host:port`. */
import process from "node:process";
import { connect } from "../../../mod.ts";

const client = await connect(process.argv[2], { timeoutMs: 300_000 });
await client.getBrokerClusterInfo();
console.log("answered");
