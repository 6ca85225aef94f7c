/** A client whose routes are in Redis: `redis_process.ts host:port redis://host:port`. Prints the address of the topic's master. */
import process from "node:process";
import { createStorage } from "unstorage";
import redisDriver from "unstorage/drivers/redis";
import { connect } from "../../../mod.ts";

const [address, url] = process.argv.slice(2);
const storage = createStorage({ driver: redisDriver({ url: url! }) });
const client = await connect(address, { routes: { store: storage } });
await client.routes.get("orders");
console.log(client.routes.brokerAddressForPublish("a"));
await client.close();
await storage.dispose();
