import { assert, assertRejects } from "@std/assert";
import { connect } from "../../mod.ts";
import { NameServerClosedError } from "../../src/errors.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";

test("compareNameServers() with an address asks that server only", async () => {
  await using server = new EmbeddedNameServer();
  await using client = await connect(server.address, { adapter: server.adapter });
  assert((await client.compareNameServers({ address: server.address })).agree);
});

test("compareNameServers() rejects with the signal's reason, and where the client is closed", async () => {
  await using server = new EmbeddedNameServer();
  await using client = await connect(server.address, { adapter: server.adapter });
  await assertRejects(() => client.compareNameServers({ signal: AbortSignal.abort(new Error("enough")) }), Error, "enough");
  await client.close();
  await assertRejects(() => client.compareNameServers(), NameServerClosedError);
});
