import { RequestCode } from "../protocol/codes.ts";
import { createRequest, type RemotingCommand } from "../protocol/command.ts";

/**
 * What a server is asked only to hear from it: a value of the KV table that nobody has set. Every version answers it (22, a few dozen bytes),
 * 4.9.7 too, which leaves requests unknown to it without an answer; so does a broker (3).
 */
export const PROBE: RemotingCommand = createRequest(RequestCode.GET_KV_CONFIG, {
  extFields: { namespace: "PROBE", key: "PROBE" },
});
