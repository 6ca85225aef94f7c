import { ResponseCode } from "../protocol/codes.ts";
import { createResponse, FLAG_ONEWAY, type RemotingCommand } from "../protocol/command.ts";

/** What a client answers a peer that asks it something; `undefined` where the peer wants no answer. */
export function refuseRequest(request: RemotingCommand): RemotingCommand | undefined {
  if ((request.flag & FLAG_ONEWAY) !== 0) return undefined;
  return createResponse(request, { code: ResponseCode.REQUEST_CODE_NOT_SUPPORTED, remark: `request type ${request.code} not supported` });
}
