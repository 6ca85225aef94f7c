import { assertEquals } from "@std/assert";
import { ContactState } from "../../../src/client/registration/contact_state.ts";
import { NameServerConnectionError } from "../../../mod.ts";
import type { HeartbeatData } from "../../../src/model/heartbeat_data.ts";
import { test } from "../../harness.ts";

const LOST = new NameServerConnectionError("Lost connection", { code: "NAMESRV_CONNECTION_LOST" });

function heartbeat(...groups: readonly string[]): HeartbeatData {
  return { clientID: "id", producerDataSet: groups.map((groupName) => ({ groupName })), consumerDataSet: [] };
}

/** A contact with a broker that has accepted these groups. */
function accepted(...groups: readonly string[]): ContactState {
  const contact = new ContactState("a:1");
  contact.telling(heartbeat(...groups));
  contact.accepted(heartbeat(...groups));
  return contact;
}

test("ContactState knows what a broker accepted, until the broker fails", () => {
  const contact = accepted("p");
  assertEquals([contact.known, contact.lacks(heartbeat("p")), contact.lacks(heartbeat("p", "q"))], [heartbeat("p"), false, true]);
  contact.ended(LOST);
  assertEquals([contact.known, contact.error, contact.lacks(heartbeat("p"))], [undefined, LOST, true]);
  contact.accepted(heartbeat("p"));
  assertEquals([contact.known, contact.error], [heartbeat("p"), undefined]);
});

test("ContactState.takeLeave() gives a goodbye for each group that leaves, once", () => {
  const contact = accepted("p", "q", "r");
  const departure = (producerGroup: string) => ({ clientId: "id", producerGroup });
  assertEquals(contact.takeLeave(heartbeat("q")), [departure("p"), departure("r")]);
  assertEquals([contact.takeLeave(heartbeat("q")), contact.lacks(heartbeat("q")), contact.told], [[], false, heartbeat("q")]);
  assertEquals([contact.takeLeave(undefined), contact.lastGoodbyes], [[departure("q")], []]);
});

test("ContactState.takeLeave() does not bother a broker that failed last, nor one that was never told", () => {
  const contact = accepted("p");
  contact.ended(LOST);
  assertEquals([contact.takeLeave(undefined), contact.told], [[], undefined]);
  assertEquals(new ContactState("a:1").takeLeave(heartbeat("p")), []);
});

test("ContactState.lastGoodbyes are for what the broker knows, and none for one that failed or was never heard", () => {
  const contact = accepted("p");
  assertEquals(contact.lastGoodbyes, [{ clientId: "id", producerGroup: "p" }]);
  contact.ended(LOST);
  assertEquals(contact.lastGoodbyes, []);
  const told = new ContactState("a:1");
  told.telling(heartbeat("p"));
  assertEquals(told.lastGoodbyes, []);
});

test("ContactState.forget() leaves what is wanted, and nothing that was told", () => {
  const contact = accepted("p");
  contact.wanted = heartbeat("p");
  contact.ended(LOST);
  contact.forget();
  assertEquals([contact.wanted, contact.told, contact.known, contact.error], [heartbeat("p"), undefined, undefined, undefined]);
  assertEquals(contact.lacks(heartbeat("p")), true);
});
