import type { NameServerApi } from "../../src/request/name_server_api.ts";
import type { Params } from "../../src/request/mod.ts";
import { brokerA } from "../server/brokers.ts";

const broker = { cluster: "c", brokerName: "a" };
const member = { ...broker, brokerAddr: "10.0.0.1:10911", brokerId: 0 };
const queue = { brokerName: "a", readQueueNums: 4, writeQueueNums: 4, perm: 6, topicSysFlag: 0 };

/** Something to ask for with each request, in an order in which each finds something. */
export const samples: { readonly [K in keyof NameServerApi]: Params<K> } = {
  registerBroker: brokerA(),
  sendBrokerHeartbeat: member,
  queryBrokerDataVersion: { ...member, version: brokerA().version },
  registerTopic: { topic: "bills", queues: [queue] },
  queryTopicRouteInfo: "orders",
  getBrokerClusterInfo: undefined,
  getBrokerMemberGroup: broker,
  listTopics: undefined,
  listTopicsByCluster: "c",
  listSystemTopics: undefined,
  listUnitTopics: undefined,
  listUnitSubscribedTopics: undefined,
  listUnitSubscribedNonUnitTopics: undefined,
  putKvConfig: { namespace: "n", key: "k", value: "v" },
  getKvConfig: { namespace: "n", key: "k" },
  listKvConfig: "n",
  deleteKvConfig: { namespace: "n", key: "k" },
  getNameServerConfig: undefined,
  updateNameServerConfig: { orderMessageEnable: "true" },
  wipeWritePermission: "a",
  addWritePermission: "a",
  deleteTopic: { topic: "bills" },
  unregisterBroker: member,
};
