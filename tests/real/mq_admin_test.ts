import { assertEquals, assertStringIncludes } from "@std/assert";
import { connect } from "../../mod.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";
import { mqAdmin } from "./mq_admin.ts";
import { realTier, startBroker, startNameServer } from "./start.ts";

const version = "5.3.3";
const BROKER = "broker-a";
const KEY = { namespace: "tests", key: "greeting" };

test("EmbeddedNameServer makes mqadmin print what it prints for a real NameServer", async () => {
  await using real = await startNameServer({ version });
  await using embedded = new EmbeddedNameServer({ emulate: version });
  const addresses = [real.address, (await embedded.listen()).address];
  await using broker = await startBroker({ version, nameServers: addresses, name: BROKER });
  const ask = (...args: readonly string[]) => Promise.all(addresses.map((address) => mqAdmin(version, [...args, "-n", address])));
  const tell = (...args: readonly string[]) => mqAdmin(version, [...args, "-n", addresses.join(";")]);
  await using client = await connect(addresses);
  const eachServer = <T>(read: (address: string) => Promise<T>) => Promise.all(addresses.map(read));
  const perms = () => eachServer(async (address) => (await client.queryTopicRouteInfo("TBW102", { address })).queueDatas[0]!.perm);
  const greetings = () => eachServer((address) => client.getKvConfig(KEY, { address }));

  assertSame((await ask("clusterList")).map(withoutLoad), broker.address);
  assertSame(await ask("topicList"), "TBW102");
  assertSame(await ask("topicRoute", "-t", "TBW102"), `"brokerAddrs":{0:"${broker.address}"`);

  // Writes go to both servers, and are told server by server where they have something to tell.
  const topics = (await client.listTopics()).length;
  await Promise.all([
    tell("updateKvConfig", "-s", KEY.namespace, "-k", KEY.key, "-v", "hello").then((said) => assertStringIncludes(said, "success")),
    tell("wipeWritePerm", "-b", BROKER).then((said) => assertSameLines(said, addresses, `OK, ${topics}`)),
  ]);
  assertEquals([await greetings(), await perms()], [["hello", "hello"], [5, 5]]);

  await Promise.all([
    tell("deleteKvConfig", "-s", KEY.namespace, "-k", KEY.key).then((said) => assertStringIncludes(said, "success")),
    tell("addWritePerm", "-b", BROKER).then((said) => assertSameLines(said, addresses, `OK, ${topics}`)),
  ]);
  assertEquals([await greetings(), await perms()], [[undefined, undefined], [6, 6]]);
}, { ...realTier(), runtimes: ["deno"] });

/** Both outputs say this, and are equal but for the width of columns. */
function assertSame([real, embedded]: readonly string[], expected: string): void {
  assertStringIncludes(real!, expected);
  const [said, same] = [real!, embedded!].map((output) => output.replaceAll(/ +/g, " "));
  assertEquals(same, said);
}

/** A list of brokers without what differs from one moment to the next: what a broker is busy with comes behind its version. */
function withoutLoad(output: string): string {
  return output.split("\n").map((line) => line.split(/ +/).slice(0, 5).join(" ")).join("\n");
}

/** One line of the output is of each server, says this, and is equal to the other but for the server's address. */
function assertSameLines(output: string, addresses: readonly string[], expected: string): void {
  const lines = addresses.map((address) => output.split("\n").find((line) => line.includes(address))?.replace(address, "SERVER"));
  assertStringIncludes(lines[0] ?? output, expected);
  assertEquals(lines[1], lines[0]);
}
