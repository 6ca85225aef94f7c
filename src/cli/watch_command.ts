import { InvalidArgumentError } from "commander";
import type { AsyncNameServerClient } from "../client/async_client.ts";
import type { MapAddress } from "../client/cache/map_addresses.ts";
import { WATCH_DEFAULTS, type WatchOptions } from "../client/watch/options.ts";
import { checkTimeout } from "../remote/options.ts";
import type { AddCommand } from "./add_command.ts";
import { type Change, changeLine } from "./change_line.ts";
import { mapOption, toMapAddress } from "./map_option.ts";
import type { Shell } from "./shell.ts";

/** `namesrv watch TOPIC`, `namesrv watch --cluster`: a line a change. */
export const addWatchCommand: AddCommand = (program, shell) => {
  program.command("watch")
    .summary("follow a topic, or all brokers")
    .description("Print a line, with --json one of JSON, each time the route of a topic or the brokers change.\nGoes on until Ctrl-C.")
    .argument("[topic]", "name of the topic")
    .option("--cluster", "all brokers in place of a topic")
    .option("--probe", "ask each broker, too, whether it is alive (with --cluster)")
    .option("--interval <ms>", "milliseconds between questions", parseInterval, WATCH_DEFAULTS.intervalMs)
    .addOption(mapOption())
    .action(async (topic: string | undefined, { cluster = false, probe = false, interval, map }) => {
      if ((topic !== undefined) === cluster) throw new TypeError("Cannot watch: name a topic, or give --cluster");
      if (probe && !cluster) throw new TypeError("Cannot probe: --probe goes with --cluster");
      await follow(shell, { topic, probe, intervalMs: interval, mapAddress: toMapAddress(map) });
    });
};

interface Followed {
  readonly topic: string | undefined;
  readonly probe: boolean;
  readonly intervalMs: number;
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
  return topic === undefined ? client.watchCluster(options) : client.watchTopicRoute(topic, options);
}

function parseInterval(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It must be a number of milliseconds.");
  return checkTimeout("--interval", Number(text));
}
