/** Watches a topic until it is removed: `watching_process.ts host:port`. */
import process from "node:process";
import { connect } from "../../../mod.ts";

const client = await connect(process.argv[2]);
for await (const { type } of client.watchTopicRoute("orders", { intervalMs: 20 })) {
  console.log(type);
  if (type === "snapshot") client.deleteTopic({ topic: "orders" });
  if (type === "removed") break;
}
