import { assertEquals } from "@std/assert";
import { test } from "../harness.ts";
import { realTier, sharedCluster, VERSIONS } from "../real/start.ts";
import { cells } from "./namesrv.ts";
import { program } from "./program.ts";

const tier = realTier();

for (const version of VERSIONS) {
  const servers = tier.skip === undefined ? await sharedCluster(version) : undefined;

  test(`namesrv route TBW102 shows the route of a real broker, from a real ${version} server`, async () => {
    const { nameServer, broker } = servers!;
    const { status, output, errors } = await program(["route", "TBW102", "-n", nameServer]);
    assertEquals([status, errors], [0, ""]);
    assertEquals(cells(output), [
      [`TBW102 at ${nameServer}: 1 broker, 8 queues to read, 8 to write`],
      [""],
      ["CLUSTER", "BROKER", "ROLE", "ADDRESS", "READ", "WRITE", "PERM"],
      ["DefaultCluster", "broker-a", "master", broker, "8", "8", "RWX"],
    ]);
  }, tier);

  test(`namesrv cluster shows the cluster of a real broker, from a real ${version} server`, async () => {
    const { nameServer, broker } = servers!;
    const { status, output } = await program(["cluster"], { addresses: nameServer });
    assertEquals([status, cells(output).at(-1)], [0, ["DefaultCluster", "broker-a", "master", broker]]);
  }, tier);

  test(`namesrv route ends with 3 where a real ${version} server knows no such topic`, async () => {
    const { nameServer } = servers!;
    assertEquals(await program(["route", "no-such-topic", "-n", nameServer]), {
      status: 3,
      output: "",
      errors: `namesrv: Cannot find route of topic "no-such-topic" at "${nameServer}": the server knows no such topic\n`,
    });
  }, tier);
}
