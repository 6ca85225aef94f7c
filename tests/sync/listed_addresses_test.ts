import { assertEquals, assertThrows } from "@std/assert";
import { addressServer } from "../../mod.ts";
import { connectSync, createSyncRemote } from "../../src/sync.ts";
import { test } from "../harness.ts";

const URL = "http://jmenv.example:8080/rocketmq/nsaddr";
const REFUSAL = `Cannot use address source "${URL}" in a client that blocks: await its resolve() where you can, and give the addresses`;

test("connectSync() and createSyncRemote() refuse an address source, which only promises, before anything starts", () => {
  const source = addressServer(URL);
  assertThrows(() => connectSync(source), TypeError, REFUSAL);
  assertThrows(() => createSyncRemote(source), TypeError, REFUSAL);
});

test("connectSync() takes a URL for an address server, as connect() does, and refuses it as such", () => {
  assertThrows(() => connectSync(URL), TypeError, REFUSAL);
});

test("createSyncRemote() gives addresses in their normal form, before anything starts", () => {
  using remote = createSyncRemote(["ns1.example", "[::1]:9877;ns1.example:9876"]);
  assertEquals(remote.addresses, ["ns1.example:9876", "[::1]:9877"]);
});
