import type { RemotingCommand } from "../protocol/command.ts";
import { checkCredentials, signCommand } from "../protocol/signature.ts";
import { checkZone, withZone } from "../protocol/zone.ts";
import type { RemoteOptions } from "./options.ts";

/** Adds to a request what every request of a remote carries. */
export type RequestFinisher = (command: RemotingCommand) => RemotingCommand | Promise<RemotingCommand>;

/**
 * What the options ask to be done to each request: zone, then signature, then the user's last touch. `undefined` where there is nothing to
 * do.
 *
 * @throws {TypeError} If the zone or a key is empty or no string.
 */
export function requestFinisher({ zone, credentials, signRequest }: RemoteOptions): RequestFinisher | undefined {
  if (zone !== undefined) checkZone(zone);
  if (credentials !== undefined) checkCredentials(credentials);
  if (zone === undefined && credentials === undefined) return signRequest;
  return (command) => {
    const inZone = zone === undefined ? command : withZone(command, zone);
    const signed = credentials === undefined ? inZone : signCommand(inZone, credentials);
    return signRequest === undefined ? signed : signRequest(signed);
  };
}
