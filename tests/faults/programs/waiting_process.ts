/** Asks a server that says nothing, and waits for nothing else: `waiting_process.ts host:port`. */
import process from "node:process";
import { connect } from "../../../mod.ts";

const client = await connect(process.argv[2], { timeoutMs: 1500 });
client.getBrokerClusterInfo().catch((error) => console.log(error.code));
