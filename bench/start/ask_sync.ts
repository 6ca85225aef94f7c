import { connectSync } from "../../src/sync.ts";
import { programArgs } from "../ground/host.ts";

const client = connectSync(`127.0.0.1:${programArgs()[0]}`);
client.queryTopicRouteInfo("small");
client.close();
