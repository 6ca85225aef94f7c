import { InvalidArgumentError, Option } from "commander";
import type { MapAddress } from "../client/cache/map_addresses.ts";

/** One address of brokers, or host, and what to dial in its place. */
export interface Mapping {
  readonly from: string;
  readonly to: string;
}

/** `--map FROM=TO`, for brokers that advertise addresses which can't be reached from here. */
export function mapOption(): Option {
  return new Option("--map <from=to>", "dial brokers elsewhere: host=host or host:port=host:port; repeat it for several")
    .argParser(collect)
    .default([], "nothing");
}

/** What the option makes of addresses; nothing where it is not given. */
export function toMapAddress(mappings: readonly Mapping[]): MapAddress | undefined {
  return mappings.length === 0 ? undefined : (address) => mapAddress(address, mappings);
}

function collect(text: string, former: readonly Mapping[]): readonly Mapping[] {
  const [from = "", to = "", ...rest] = text.split("=");
  if (from === "" || to === "" || rest.length > 0) throw new InvalidArgumentError("It must be from=to.");
  return [...former, { from, to }];
}

/** The whole address counts before its host. */
function mapAddress(address: string, mappings: readonly Mapping[]): string {
  const colon = address.lastIndexOf(":");
  const find = (text: string): string | undefined => mappings.find(({ from }) => from === text)?.to;
  const host = find(address.slice(0, Math.max(colon, 0)));
  return find(address) ?? (host === undefined ? address : host + address.slice(colon));
}
