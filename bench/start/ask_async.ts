import { connect } from "../../mod.ts";
import { programArgs } from "../ground/host.ts";

const client = await connect(`127.0.0.1:${programArgs()[0]}`);
await client.queryTopicRouteInfo("small");
await client.close();
