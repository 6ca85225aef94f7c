import type { HeartbeatData } from "../../model/heartbeat_data.ts";

/** Whether a broker that accepted `known` knows all that is in `wanted`, by the very same subscriptions. */
export function covers(known: HeartbeatData | undefined, wanted: HeartbeatData | undefined): boolean {
  if (wanted === undefined) return true;
  if (known === undefined) return false;
  const producers = new Set(known.producerDataSet.map(({ groupName }) => groupName));
  const consumers = new Set(known.consumerDataSet);
  return wanted.producerDataSet.every(({ groupName }) => producers.has(groupName)) &&
    wanted.consumerDataSet.every((each) => consumers.has(each));
}
