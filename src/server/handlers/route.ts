import { ResponseCode } from "../../protocol/codes.ts";
import { type Answer, jsonBody, textBody } from "../answer.ts";
import type { JavaString } from "../java_null.ts";
import { ORDER_TOPIC_NAMESPACE } from "../kv_store.ts";
import { pickRoute } from "../pick_route.ts";
import type { PickedRoute } from "../picked_route.ts";
import { booleanField, type ServerRequest, textField } from "../server_request.ts";
import type { ServerState } from "../server_state.ts";
import { clusterBody, routeBody } from "../wire_bodies.ts";
import { writeWireJson } from "../wire_json.ts";
import { filterByZone } from "../zone_filter.ts";
import type { Handler } from "./handler.ts";

/** Requests of this version (4.9.4) and later ones are answered in standard JSON. */
const STANDARD_JSON_VERSION = 401;

/** GET_ROUTEINFO_BY_TOPIC (105) — namesrv/processor/ClientRequestProcessor.java. */
export const routeOfTopic: Handler = (state, request) => {
  if (isNotReady(state)) return { code: ResponseCode.SYSTEM_ERROR, remark: "name server not ready" };
  const topic = textField(request, "topic");
  const picked = pickRoute(state, topic);
  if (picked === undefined) return noRoute(topic, state);
  const route = state.config.flag("orderMessageEnable") ? withOrder(picked, topic, state) : picked;
  return { body: writeRoute(state, request, route) };
};

/** What answers every request where `clusterTest` is on — namesrv/processor/ClusterTestRequestProcessor.java. */
export const clusterTestRoute: Handler = (state, request) => {
  const topic = textField(request, "topic");
  const picked = pickRoute(state, topic);
  if (picked === undefined) return noRoute(topic, state);
  return { body: jsonBody(routeBody(withOrder(picked, topic, state), state.emulation), state.emulation) };
};

/** GET_BROKER_CLUSTER_INFO (106). */
export const clusterInfo: Handler = ({ tables, emulation }) => ({ body: jsonBody(clusterBody(tables, emulation), emulation) });

function isNotReady({ emulation, config, now, startedMs }: ServerState): boolean {
  return emulation.isV5 && config.flag("needWaitForService") && now() - startedMs < config.number("waitSecondsForService") * 1000;
}

function noRoute(topic: JavaString, { emulation }: ServerState): Answer {
  const remark = `No topic route info in name server for the topic: ${topic}\nSee ${emulation.faqUrl} for further details.`;
  return { code: ResponseCode.TOPIC_NOT_EXIST, remark };
}

function withOrder(route: PickedRoute, topic: JavaString, { kv }: ServerState): PickedRoute {
  return { ...route, orderTopicConf: kv.get(ORDER_TOPIC_NAMESPACE, topic) ?? route.orderTopicConf };
}

function writeRoute({ emulation }: ServerState, request: ServerRequest, route: PickedRoute): Uint8Array {
  const zone = emulation.isV5 && booleanField(request, "__ZONE_MODE") ? textField(request, "__ZONE_NAME") : null;
  // What the zone filter leaves is written again, in the usual form whatever was asked for.
  if (zone?.trim()) return jsonBody(routeBody(filterByZone(route, zone), emulation), emulation);
  const body = routeBody(route, emulation);
  const standard = request.command.version >= STANDARD_JSON_VERSION || booleanField(request, "acceptStandardJsonOnly") === true;
  return standard ? textBody(writeWireJson(body, { json: emulation.json, form: "standard" })) : jsonBody(body, emulation);
}
