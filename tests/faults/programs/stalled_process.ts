/** Asks, then is busy until long behind the deadline, while the answer arrives: `stalled_process.ts host:port`. */
import process from "node:process";
import { connect } from "../../../mod.ts";

const TIMEOUT_MS = 500;
const BUSY_MS = 2500;

const client = await connect(process.argv[2]);
const call = client.getBrokerClusterInfo({ timeoutMs: TIMEOUT_MS }).then(() => "answered", (error) => error.code);
setTimeout(() => {
  const startedAt = performance.now();
  while (performance.now() - startedAt < BUSY_MS);
}, 20); // the request has left
console.log(await call);
await client.close();
