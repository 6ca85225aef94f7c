import type { AsyncNameServerClient } from "../client/async_client.ts";
import type { MapAddress } from "../client/cache/map_addresses.ts";
import { WATCH_DEFAULTS, type WatchOptions } from "../client/watch/options.ts";
import type { AddCommand } from "./add_command.ts";
import { type Change, changeLine } from "./change_line.ts";
import { mapOption, type Mapping, toMapAddress } from "./map_option.ts";
import { asArguments, Misuse } from "./misuse.ts";
import { parseSeconds } from "./parse_seconds.ts";
import type { Shell } from "./shell.ts";

/** `namesrv watch TOPIC`, `namesrv watch --cluster`: a line a change. */
export const addWatchCommand: AddCommand = (program, shell) => {
  program.command("watch")
    .summary("follow a topic, or all brokers")
    .description(
      "Print a line, with --json one of JSON, each time the route of a topic or the brokers change.\nGoes on until Ctrl-C; a topic that is not there is waited for.",
    )
    .argument("[topic]", "name of the topic")
    .option("--cluster", "all brokers in place of a topic")
    .option("--probe", "ask each broker, too, whether it is alive (with --cluster)")
    .option("--interval <s>", `seconds between questions (default: ${WATCH_DEFAULTS.intervalMs / 1000})`, parseSeconds)
    .addOption(mapOption())
    .action(async (topic: string | undefined, { cluster = false, probe = false, interval, map }: WatchedOptions) => {
      if (topic === undefined && !cluster) throw new Misuse("Cannot watch: name a topic, or give --cluster");
      if (topic !== undefined && cluster) throw new Misuse("Cannot watch: give a topic or --cluster, not both");
      if (probe && !cluster) throw new Misuse("Cannot probe: --probe goes with --cluster");
      await follow(shell, { topic, probe, ...(interval !== undefined && { intervalMs: interval }), mapAddress: toMapAddress(map) });
    });
};

interface WatchedOptions {
  readonly cluster?: boolean;
  readonly probe?: boolean;
  /** In milliseconds. */
  readonly interval?: number;
  readonly map: readonly Mapping[];
}

interface Followed {
  readonly topic: string | undefined;
  readonly probe: boolean;
  readonly intervalMs?: number;
  readonly mapAddress: MapAddress | undefined;
}

async function follow(shell: Shell, { topic, mapAddress, ...options }: Followed): Promise<void> {
  const ended = new AbortController();
  const interrupted = new AbortController();
  shell.untilInterrupted(ended).then(() => interrupted.abort());
  try {
    await using client = shell.connect(mapAddress);
    for await (const change of watch(client, topic, { ...options, signal: interrupted.signal })) {
      const time = new Date().toISOString();
      shell.showLine({ time, ...change }, `${time}  ${changeLine(change)}`);
    }
  } finally {
    ended.abort();
  }
}

function watch(client: AsyncNameServerClient, topic: string | undefined, options: WatchOptions): AsyncIterable<Change> {
  return asArguments(() => topic === undefined ? client.watchCluster(options) : client.watchTopicRoute(topic, options));
}
