import { assertEquals } from "@std/assert";
import { brokerNotes } from "../../src/cli/broker_notes.ts";
import { test } from "../harness.ts";
import { brokerData } from "./routes.ts";

const REMOTE = "10.0.0.9:9876";
const LOCAL = "127.0.0.1:9876";

test("brokerNotes() has nothing to say of healthy brokers", () => {
  assertEquals(brokerNotes([brokerData("a"), brokerData("b", { brokerAddrs: { "0": "10.0.0.2:1", "1": "10.0.0.3:1" } })], REMOTE), []);
});

test("brokerNotes() names brokers without address or master, and says where a slave may stand in", () => {
  const onlySlave = { "1": "10.0.0.2:10911" };
  const brokers = [
    brokerData("a", { brokerAddrs: {} }),
    brokerData("b", { brokerAddrs: onlySlave }),
    brokerData("c", { brokerAddrs: { "1": "10.0.0.3:10911" }, enableActingMaster: true }),
  ];
  assertEquals(brokerNotes(brokers, REMOTE), [
    "a has no address",
    "b has no master and takes no messages",
    "c has no master and takes no messages; a slave may act as master",
  ]);
});

test("brokerNotes() flags a loopback address unless the server itself was asked on this host", () => {
  const brokers = [brokerData("a", { brokerAddrs: { "0": "127.0.0.1:10911" } })];
  assertEquals(brokerNotes(brokers, REMOTE), ["a advertises 127.0.0.1:10911, a loopback address: set its brokerIP1"]);
  assertEquals(brokerNotes(brokers, LOCAL), []);
});

test("brokerNotes() flags an unspecified address whoever was asked", () => {
  const brokers = [brokerData("a", { brokerAddrs: { "0": "0.0.0.0:10911" } })];
  const notes = ["a advertises 0.0.0.0:10911, an unspecified address: set its brokerIP1"];
  assertEquals([brokerNotes(brokers, REMOTE), brokerNotes(brokers, LOCAL)], [notes, notes]);
});

test("brokerNotes() points at an address that two brokers share", () => {
  assertEquals(brokerNotes([brokerData("new"), brokerData("old")], REMOTE), [
    "new and old share the address 10.0.0.1:10911: was one of them renamed?",
  ]);
  assertEquals(brokerNotes([brokerData("a", { brokerAddrs: { "0": "h:1", "1": "h:1" } })], REMOTE), []);
});
