import { assert, assertEquals, assertRejects } from "@std/assert";
import { NameServerTimeoutError } from "../../mod.ts";
import { test } from "../harness.ts";
import { CLIENTS, type EitherClient } from "./either_client.ts";
import { ServerProcess } from "./server_process.ts";

const LIMIT = { timeoutMs: 60_000 };
const OPTIONS = { timeoutMs: 20_000, backoff: () => 1 };

/** Calls in a row that end by their deadline. */
async function timeOut(client: EitherClient, calls: number, timeoutMs: number): Promise<void> {
  for (let call = 0; call < calls; call++) await assertRejects(() => client.listTopics({ timeoutMs }), NameServerTimeoutError, "no answer");
}

for (const [kind, connect] of CLIENTS) {
  test(
    `fault 15: ${kind}: behind three timeouts on a connection that loses all, calls use a fresh one, and the old one is closed`,
    async () => {
      await using servers = await ServerProcess.start();
      await using client = await connect(await servers.listenRelayed(), OPTIONS);
      assertEquals((await client.listTopics()).length, 2);
      await servers.swallow();
      await timeOut(client, 3, 150);
      assertEquals((await client.listTopics()).length, 2);
      assertEquals(await servers.relayed(), [2, 2]);
      while ((await servers.relayed())[1] > 1) assertEquals((await client.listTopics()).length, 2);
      assertEquals(await servers.relayed(), [2, 1]);
    },
    LIMIT,
  );

  test(`fault 15: ${kind}: a server that is silent for a while is not cut off: the answer to the probe clears its connection`, async () => {
    await using servers = await ServerProcess.start();
    await using client = await connect(await servers.listenRelayed(), OPTIONS);
    await servers.setFaults({ silent: true });
    await timeOut(client, 2, 150);
    await servers.setFaults({ delayMs: 1000 }); // the last call and the probe are answered when it is over
    await timeOut(client, 1, 150);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await servers.setFaults({});
    const [dials] = await servers.relayed();
    for (let call = 0; call < 3; call++) assertEquals((await client.listTopics()).length, 2);
    assertEquals([dials, await servers.relayed()], [1, [1, 1]]);
    assert((await servers.received()).includes(101), "a probe was sent");
  }, LIMIT);

  test(`fault 58: ${kind}: a slow server whose answers come late keeps its connection`, async () => {
    await using servers = await ServerProcess.start();
    await using client = await connect(await servers.listenRelayed(), OPTIONS);
    await servers.setFaults({ delayMs: 700 });
    await timeOut(client, 5, 500);
    await servers.setFaults({});
    assertEquals((await client.listTopics()).length, 2);
    assertEquals([await servers.relayed(), (await servers.received()).includes(101)], [[1, 1], false]);
  }, LIMIT);
}
