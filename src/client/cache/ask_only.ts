import { NameServerDataParseError } from "../../errors.ts";
import type { Remote } from "../../remote/remote.ts";
import type { CallOptions } from "../../request/call_options.ts";
import { queryTopicRouteInfo } from "../../request/route.ts";
import { malformedAnswer } from "../../request/malformed_answer.ts";
import { KeptRoute } from "./kept_route.ts";
import { mapAddresses } from "./map_addresses.ts";
import type { RouteCacheSettings } from "./options.ts";

/** A question to one server, whatever is kept. */
export interface OnlyQuestion {
  readonly topic: string;
  /** With the server's address. */
  readonly options: CallOptions;
}

/** What one server says of a topic. The cache does not keep it: it is one server's view, asked for by somebody who compares. */
export async function askOnly(remote: Remote, settings: RouteCacheSettings, { topic, options }: OnlyQuestion): Promise<KeptRoute> {
  const response = await remote.request(queryTopicRouteInfo.encode(topic), { ...options, idempotent: true });
  try {
    const route = queryTopicRouteInfo.decode(response, topic);
    return new KeptRoute(topic, mapAddresses(route, settings.mapAddress), response.body.slice());
  } catch (error) {
    throw error instanceof NameServerDataParseError ? malformedAnswer(error, response.address, queryTopicRouteInfo.operation) : error;
  }
}
