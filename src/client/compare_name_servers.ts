import { NameServerClosedError, NameServerError } from "../errors.ts";
import type { Remote } from "../remote/remote.ts";
import type { CallOptions } from "../request/call_options.ts";
import type { NameServerApi } from "../request/name_server_api.ts";
import { compareServers, type NameServerComparison, type ServerView } from "../route/compare_servers.ts";
import { serversToAsk } from "./servers_to_ask.ts";

/** A client, as far as it is needed here. */
export interface ComparingClient extends Pick<NameServerApi, "getBrokerClusterInfo" | "listTopics"> {
  readonly remote: Remote;
}

/** Asks every server for its brokers and topics, all at once. */
export async function compareNameServers(client: ComparingClient, options: CallOptions): Promise<NameServerComparison> {
  const { addresses: servers, ...rest } = await serversToAsk(client.remote, "compareNameServers", options);
  const views = new Map<string, ServerView>();
  const failures = new Map<string, NameServerError>();
  const answers = await Promise.all(servers.map((address) => ask(client, { ...options, ...rest, address })));
  servers.forEach((address, i) => {
    const answer = answers[i]!;
    if (answer instanceof NameServerError) failures.set(address, answer);
    else views.set(address, answer);
  });
  return compareServers(views, failures);
}

/** What a server knows, or why it can't be known. @throws {NameServerClosedError} If the client is closed. Whatever is no server's failure. */
async function ask(client: ComparingClient, options: CallOptions): Promise<ServerView | NameServerError> {
  try {
    const [cluster, topics] = await Promise.all([client.getBrokerClusterInfo(options), client.listTopics(options)]);
    return { cluster, topics };
  } catch (error) {
    if (error instanceof NameServerError && !(error instanceof NameServerClosedError)) return error;
    throw error;
  }
}
