import type { RemotingCommand } from "./command.ts";

/**
 * The request with the arguments that ask for one zone only: 5.x servers then leave other zones' brokers out of routes (105), but for
 * brokers without a master, which stay. Arguments that the request has already are kept: a broker that registers names its own zone.
 *
 * @param zone Not empty; case does not matter to servers.
 * @throws {TypeError} If the zone is empty or no string.
 */
export function withZone(command: RemotingCommand, zone: string): RemotingCommand {
  checkZone(zone);
  return { ...command, extFields: { __ZONE_NAME: zone, __ZONE_MODE: "true", ...command.extFields } };
}

/** @throws {TypeError} If the zone is empty or no string. */
export function checkZone(zone: string): void {
  if (typeof zone !== "string" || zone.trim() === "") throw new TypeError("Cannot send request: zone must be a string that is not blank");
}
