import type { HeartbeatData } from "../../model/heartbeat_data.ts";
import type { ClientDeparture } from "../../request/unregister_client.ts";

/**
 * What a broker that was told `before` has to be told (UNREGISTER_CLIENT, 35) so that it knows no more than `after`: a departure for each
 * group that is missing there. A group that sends and one that receives of one name leave together.
 */
export function departures(before: HeartbeatData, after?: HeartbeatData): readonly ClientDeparture[] {
  const producers = missing(before.producerDataSet, after?.producerDataSet);
  const consumers = missing(before.consumerDataSet, after?.consumerDataSet);
  const names = new Set([...producers, ...consumers]);
  return [...names].map((name) => ({
    clientId: before.clientID,
    ...(producers.has(name) && { producerGroup: name }),
    ...(consumers.has(name) && { consumerGroup: name }),
  }));
}

interface Named {
  readonly groupName: string;
}

function missing(before: readonly Named[], after: readonly Named[] = []): ReadonlySet<string> {
  const kept = new Set(after.map(({ groupName }) => groupName));
  return new Set(before.map(({ groupName }) => groupName).filter((name) => !kept.has(name)));
}
