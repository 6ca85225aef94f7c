import type { AddCommand } from "./add_command.ts";
import { compareReport } from "./compare_report.ts";
import { ExitStatus, SilentExit } from "./exit_status.ts";
import { reportLines } from "./report.ts";

/** `namesrv compare`: where servers differ. */
export const addCompareCommand: AddCommand = (program, shell) => {
  program.command("compare")
    .summary("show where servers differ")
    .description("Ask every server for its brokers and topics, and show where they differ.\nEnds with 1 where they do, or where one fails.")
    .action(async () => {
      await using client = shell.connect();
      const comparison = await client.compareNameServers();
      shell.show(comparison, () => reportLines(compareReport(comparison, client.addresses.length)));
      if (!comparison.agree || comparison.failures.size > 0) throw new SilentExit(ExitStatus.FAILED);
    });
};
