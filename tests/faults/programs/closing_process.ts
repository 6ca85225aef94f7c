/** Uses a client in every way, closes it, and tells what is left of it, of its timers even those that would not hold the process: `closing_process.ts host:port`. */
import process from "node:process";
import { Leftovers } from "./leftovers.ts";

const leftovers = new Leftovers(); // before anything of the library is loaded
const { connect } = await import("../../../mod.ts");
const address = process.argv[2]!;
await (await connect(address)).close(); // loads what is loaded at first use
const before = leftovers.descriptors();

const client = await connect(address, { routes: { ttlMs: 20 } });
const seen: string[] = ["connecting", "connected"]; // before anybody could listen
const reading = (async () => {
  for await (const { type } of client.events()) if (type !== "warning") seen.push(type); // an answer may come late, or not
})();
const forgotten = client.events(); // nobody reads it
await client.getBrokerClusterInfo();
await client.putKvConfig({ namespace: "n", key: "k", value: "v" });
await client.queryTopicRouteInfo("none").catch(() => {});
await client.routes.get("orders"); // is renewed in the background from now on
await client.routes.get("none").catch(() => {});
await client.getBrokerClusterInfo({ timeoutMs: 1 }).catch(() => {});
await client.getBrokerClusterInfo({ signal: AbortSignal.timeout(1) }).catch(() => {});
const inFlight = client.getBrokerClusterInfo({ timeoutMs: 300_000 }).catch(() => {});
await client.close();
await Promise.all([reading, inFlight]);
await forgotten.next();

console.log(`events: ${seen.join(" ")}`);
for (const line of await leftovers.told(before)) console.log(line);
