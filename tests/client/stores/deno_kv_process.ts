/** A client's cold start from another one's routes in Deno KV: `deno run --unstable-kv deno_kv_process.ts`. Prints the requests received. */
import { connect } from "../../../mod.ts";
import { EmbeddedNameServer } from "../../../src/testing.ts";
import { brokerA } from "../../server/brokers.ts";
import { denoKvStore, type Kv } from "./deno_kv_store.ts";

const { Deno } = globalThis as unknown as { readonly Deno: { openKv(path: string): Promise<Kv> } };
const kv = await Deno.openKv(":memory:");
await using server = new EmbeddedNameServer();
server.registerBroker(brokerA());
for (let i = 0; i < 2; i++) {
  await using client = await connect(server.address, { adapter: server.adapter, routes: { store: denoKvStore(kv) } });
  const { brokerDatas } = await client.routes.get("orders");
  console.log(`${brokerDatas[0]?.brokerAddrs["0"]} after ${server.received.length} requests`);
}
kv.close();
