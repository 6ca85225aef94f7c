import { assertEquals, assertRejects } from "@std/assert";
import { AsyncNameServerClient, createRemote } from "../../mod.ts";
import { NameServerUnavailableError } from "../../src/errors.ts";
import type { Remote } from "../../src/remote/remote.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";

/** A remote as a program may write it around another: it has what `Remote` asks for, and nothing more. */
function wrapped(remote: Remote): Remote {
  return {
    get addresses() {
      return remote.addresses;
    },
    request: (command, options) => remote.request(command, options),
    oneway: (command, options) => remote.oneway(command, options),
    setAddresses: (addresses) => remote.setAddresses(addresses),
    events: (options) => remote.events(options),
    close: () => remote.close(),
    [Symbol.asyncDispose]: () => remote.close(),
  };
}

test("a write through a remote of another make, whose source was not asked yet, goes to every server", async () => {
  await using server = new EmbeddedNameServer();
  const source = { name: "registry", resolve: () => Promise.resolve([server.address]) };
  await using client = new AsyncNameServerClient(wrapped(createRemote(source, { adapter: server.adapter })));
  const written = await client.putKvConfig({ namespace: "n", key: "k", value: "v" });
  assertEquals([[...written.keys()], await client.getKvConfig({ namespace: "n", key: "k" })], [[server.address], "v"]);
});

test("a write never succeeds where no server is known", async () => {
  await using server = new EmbeddedNameServer();
  const remote = wrapped(createRemote(server.address, { adapter: server.adapter }));
  await using client = new AsyncNameServerClient(Object.defineProperty(remote, "addresses", { value: [] }));
  const error = await assertRejects(() => client.putKvConfig({ namespace: "n", key: "k", value: "v" }), NameServerUnavailableError);
  assertEquals([error.message, error.operation, error.errors], ["Cannot put kv config: no server is known", "putKvConfig", []]);
});
