import type { AddCommand } from "./add_command.ts";
import { brokersReport } from "./brokers_report.ts";
import { ExitStatus, SilentExit } from "./exit_status.ts";
import { mapOption, toMapAddress } from "./map_option.ts";
import { reportLines } from "./report.ts";

/** `namesrv brokers`: how each broker does, asked of itself. */
export const addBrokersCommand: AddCommand = (program, shell) => {
  program.command("brokers")
    .summary("ask every broker how it does")
    .description(
      "Ask every broker of the cluster itself: whether it is alive, its version, round trip and load.\nEnds with 1 where one is down.",
    )
    .addOption(mapOption())
    .action(async ({ map }) => {
      await using client = shell.connect(toMapAddress(map));
      const statuses = await client.getBrokerStatus();
      shell.show(statuses, () => reportLines(brokersReport(statuses)));
      if (statuses.some(({ alive }) => !alive)) throw new SilentExit(ExitStatus.FAILED);
    });
};
