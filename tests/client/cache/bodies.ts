import type { TopicRouteData } from "../../../src/model/topic_route.ts";
import { encodeUtf8 } from "../../../src/protocol/utf8.ts";
import { brokerData, queueData, routeData } from "../../cli/routes.ts";

/** A route of one broker for each name, each with so many queues. */
export function routeOf(brokers: readonly string[], queues: number = 4): TopicRouteData {
  return routeData({
    brokerDatas: brokers.map((name) => brokerData(name, { brokerAddrs: { "0": `${name}:10911`, "1": `${name}-s:10911` } })),
    queueDatas: brokers.map((name) => queueData(name, { readQueueNums: queues, writeQueueNums: queues })),
  });
}

/** A route as a server writes it. */
export function bodyOf(route: TopicRouteData): Uint8Array {
  return encodeUtf8(JSON.stringify(route));
}
