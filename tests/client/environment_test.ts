import process from "node:process";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { connect } from "../../mod.ts";
import { addressesFromEnvironment } from "../../src/client/environment.ts";
import { test } from "../harness.ts";
import { ScriptedPeer } from "../remote/scripted_peer.ts";

const VARIABLE = "NAMESRV_ADDR";

/** Runs with the variable set to a value, or not set, and puts it back. */
async function withVariable(value: string | undefined, run: () => void | Promise<void>): Promise<void> {
  const before = process.env[VARIABLE];
  set(value);
  try {
    await run();
  } finally {
    set(before);
  }
}

function set(value: string | undefined): void {
  if (value === undefined) delete process.env[VARIABLE];
  else process.env[VARIABLE] = value;
}

test("connect() without addresses takes those of NAMESRV_ADDR", () =>
  withVariable("ns1;ns2:1", async () => {
    const peer = new ScriptedPeer();
    await using client = await connect(undefined, { adapter: peer });
    assertEquals([client.addresses, peer.dials], [["ns1:9876", "ns2:1"], ["ns1:9876"]]);
  }));

test("connect(addresses) does not look at NAMESRV_ADDR", () =>
  withVariable("a,b", async () => {
    await using client = await connect("ns3", { adapter: new ScriptedPeer() });
    assertEquals(client.addresses, ["ns3:9876"]);
  }));

test("connect() says so when NAMESRV_ADDR can't be parsed", () =>
  withVariable("a:1,b:1", async () => {
    await assertRejects(() => connect(), TypeError, 'Cannot parse address "a:1,b:1": separate addresses with ";", not ","');
  }));

test("connect() without addresses names the variable that is not set, or blank", async () => {
  for (const [value, state] of [[undefined, "not set"], ["", "blank"], ["  ", "blank"]] as const) {
    await withVariable(value, async () => {
      await assertRejects(() => connect(), TypeError, `Cannot connect: no address is given, and NAMESRV_ADDR is ${state}`);
    });
  }
});

test("addressesFromEnvironment() gives the text as it is", () =>
  withVariable(" a ; b ", () => {
    assertEquals(addressesFromEnvironment(), " a ; b ");
    set("");
    assertThrows(addressesFromEnvironment, TypeError);
  }));
