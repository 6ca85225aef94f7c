import { ResponseCode } from "../../protocol/codes.ts";
import { type Answer, jsonBody } from "../answer.ts";
import { changeWritePermission, deleteTopic, registerTopic } from "../change_topics.ts";
import { UnreadableError } from "../unreadable_error.ts";
import { bodyIsNoJson } from "../java_failure.ts";
import { type JavaString, logged } from "../java_null.ts";
import { JavaBean } from "../java_bean.ts";
import { readJsonBody } from "../read_json.ts";
import type { QueueRecord } from "../route_tables.ts";
import { textField } from "../server_request.ts";
import type { ServerState } from "../server_state.ts";
import { allTopics, systemTopics, topicsOfCluster, type UnitList, unitTopics } from "../topic_lists.ts";
import type { Handler } from "./handler.ts";

const DISABLED: Answer = { code: ResponseCode.SYSTEM_ERROR, remark: "disable" };

/** GET_ALL_TOPIC_LIST_FROM_NAMESERVER (206). */
export const listTopics: Handler = (state) => ifEnabled(state, "enableAllTopicList", () => allTopics(state.tables));

/** GET_TOPICS_BY_CLUSTER (224). */
export const listTopicsByCluster: Handler = (state, request) =>
  ifEnabled(state, "enableTopicList", () => topicsOfCluster(state.tables, textField(request, "cluster")));

/** GET_SYSTEM_TOPIC_LIST_FROM_NS (304). */
export const listSystemTopics: Handler = ({ tables, emulation }) => {
  const { topics, brokerAddr } = systemTopics(tables, emulation.isV5);
  return { body: jsonBody({ brokerAddr, topicList: topics }, emulation) };
};

/** GET_UNIT_TOPIC_LIST (311), GET_HAS_UNIT_SUB_TOPIC_LIST (312), GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST (313). */
export function listUnitTopics(list: UnitList): Handler {
  return (state) => ifEnabled(state, "enableTopicList", () => unitTopics(state.tables, list));
}

/** REGISTER_TOPIC_IN_NAMESRV (217). */
export const registerTopicRequest: Handler = ({ tables, emulation }, request) => {
  const { body } = request.command;
  const queues = body.length === 0 ? [] : readQueues(body, emulation);
  if (queues.length > 0) logged(() => registerTopic(tables, textField(request, "topic"), queues), undefined);
  return {};
};

/** DELETE_TOPIC_IN_NAMESRV (216). */
export const deleteTopicRequest: Handler = ({ tables }, request) => {
  logged(() => deleteTopic(tables, textField(request, "topic"), textField(request, "clusterName")), undefined);
  return {};
};

/** WIPE_WRITE_PERM_OF_BROKER (205). */
export const wipeWritePermission: Handler = ({ tables }, request) => ({
  fields: { wipeTopicCount: String(changeWritePermission(tables, textField(request, "brokerName"), false)) },
});

/** ADD_WRITE_PERM_OF_BROKER (327). */
export const addWritePermission: Handler = ({ tables }, request) => ({
  fields: { addTopicCount: String(changeWritePermission(tables, textField(request, "brokerName"), true)) },
});

/** 5.x has a switch for each list. */
function ifEnabled({ config, emulation }: ServerState, flag: string, list: () => readonly JavaString[]): Answer {
  if (emulation.isV5 && !config.flag(flag)) return DISABLED;
  return { body: jsonBody({ topicList: list() }, emulation) };
}

function readQueues(body: Uint8Array, emulation: ServerState["emulation"]): readonly QueueRecord[] {
  try {
    const nodes = readJsonBody(body, emulation)?.list("queueDatas") ?? [];
    return nodes.map((node) => readQueue(JavaBean.of(node, emulation.json)));
  } catch (error) {
    throw error instanceof UnreadableError ? bodyIsNoJson(body, emulation) : error;
  }
}

/** A null among them names no broker, and ends the registration there. */
function readQueue(bean: JavaBean | null): QueueRecord {
  return {
    brokerName: bean?.text("brokerName") ?? null,
    readQueueNums: bean?.int("readQueueNums", 0) ?? 0,
    writeQueueNums: bean?.int("writeQueueNums", 0) ?? 0,
    perm: bean?.int("perm", 0) ?? 0,
    topicSysFlag: bean?.int("topicSysFlag", 0) ?? 0,
  };
}
