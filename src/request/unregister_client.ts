import { requireName } from "../model/shape.ts";
import { RequestCode } from "../protocol/codes.ts";
import { createRequest, type RemotingCommand } from "../protocol/command.ts";

/** Whom a broker is to forget: a client as a member of these groups. */
export interface ClientDeparture {
  /** The client. */
  readonly clientId: string;
  /** Its group that sends. */
  readonly producerGroup?: string | undefined;
  /** Its group that receives. */
  readonly consumerGroup?: string | undefined;
}

/**
 * UNREGISTER_CLIENT (35), to a broker
 *
 *   request   ext: clientID String, producerGroup String?, consumerGroup String?
 *   answer    0, also where the broker knows no such client
 *
 * broker/processor/ClientManageProcessor.java
 *
 * @throws {TypeError} If the client has no name.
 */
export function unregisterClientCommand({ clientId, producerGroup, consumerGroup }: ClientDeparture): RemotingCommand {
  const extFields = {
    clientID: requireName("clientId", clientId),
    ...(producerGroup !== undefined && { producerGroup }),
    ...(consumerGroup !== undefined && { consumerGroup }),
  };
  return createRequest(RequestCode.UNREGISTER_CLIENT, { extFields });
}
