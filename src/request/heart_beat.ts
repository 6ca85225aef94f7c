import { formatHeartbeatData, type HeartbeatData } from "../model/heartbeat_data.ts";
import { RequestCode } from "../protocol/codes.ts";
import { createRequest, type RemotingCommand } from "../protocol/command.ts";
import { encodeUtf8 } from "../protocol/utf8.ts";

/**
 * HEART_BEAT (34), to a broker
 *
 *   request   body HeartbeatData
 *   answer    0: ext IS_SUB_CHANGE "true"/"false", 5.x also IS_SUPPORT_HEART_BEAT_V2; 1: refused, in the broker's words
 *
 * broker/processor/ClientManageProcessor.java
 *
 * @throws {TypeError} If the client or a group has no name.
 */
export function heartBeatCommand(heartbeat: HeartbeatData): RemotingCommand {
  return createRequest(RequestCode.HEART_BEAT, { body: encodeUtf8(formatHeartbeatData(heartbeat)) });
}
