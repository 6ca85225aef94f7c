import type { BrokerRegistration } from "../model/broker_registration.ts";
import { requireDataVersion } from "../model/data_version.ts";
import { requireLong, requireObject } from "../model/shape.ts";
import type { TopicQueueMappingInfo } from "../model/topic_queue_mapping_info.ts";
import { type DataVersionRecord, fromModelVersion } from "./data_version_record.ts";
import type { JavaString } from "./java_null.ts";

/** A topic as a broker registers it: what a server keeps of it. */
export interface TopicRecord {
  readonly topicName: JavaString;
  readonly readQueueNums: number;
  readonly writeQueueNums: number;
  readonly perm: number;
  readonly topicSysFlag: number;
}

/** All topics of a broker. Parts that a body says are null are null. */
export interface BrokerTopicsRecord {
  readonly version: DataVersionRecord | null;
  /** Topics by the key they stand under, which their own name may differ from. */
  readonly topics: ReadonlyMap<string, TopicRecord> | null;
  /** Static topics, by topic. */
  readonly mappings: ReadonlyMap<string, TopicQueueMappingInfo>;
}

/** The body of a registration. */
export interface RegistrationBody {
  readonly topics: BrokerTopicsRecord | null;
  /** `null`: not told; the former ones stay. */
  readonly filterServers: readonly JavaString[] | null;
}

/** A broker's registration: header, body and the connection it came on. */
export interface Registration {
  readonly cluster: JavaString;
  readonly brokerAddr: JavaString;
  readonly brokerName: JavaString;
  readonly brokerId: bigint;
  readonly haServerAddr: JavaString;
  readonly zoneName: JavaString;
  /** `null`: the default, 120 s. */
  readonly timeoutMs: number | null;
  /** `null`: a broker before 5.x, which says nothing of it. */
  readonly enableActingMaster: boolean | null;
  readonly body: RegistrationBody;
  readonly connection: object | undefined;
  /** Whether a first registration may have a single topic, which 5.x refuses. */
  readonly allowSingleTopic?: boolean;
}

/** Where a slave finds its master. */
export interface MasterAddrs {
  readonly masterAddr: JavaString;
  readonly haServerAddr: JavaString;
}

/** What is told where there is no master. */
export const NO_MASTER: MasterAddrs = { masterAddr: null, haServerAddr: null };

/** A registration made in the program, bound to no connection. */
export function fromModel(registration: BrokerRegistration): Registration {
  const { cluster, brokerAddr, brokerName, brokerId, topics, version, topicQueueMappings = {} } = requireObject("broker", registration);
  const mappings = new Map(Object.entries(topicQueueMappings));
  const body: RegistrationBody = {
    topics: {
      version: fromModelVersion(requireDataVersion("version", version)),
      topics: new Map(Object.entries(requireObject("topics", topics))),
      mappings,
    },
    filterServers: registration.filterServers ?? [],
  };
  return {
    cluster,
    brokerAddr,
    brokerName,
    brokerId: BigInt(requireLong("brokerId", brokerId)),
    haServerAddr: registration.haServerAddr ?? null,
    zoneName: registration.zoneName ?? null,
    timeoutMs: registration.heartbeatTimeoutMs ?? null,
    enableActingMaster: registration.enableActingMaster ?? null,
    body,
    connection: undefined,
    allowSingleTopic: true,
  };
}
