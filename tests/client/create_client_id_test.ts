import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { createClientId } from "../../mod.ts";
import { localAddress } from "../../src/client/local_address.ts";
import { test } from "../harness.ts";

test("createClientId() makes ids as Java does, another one at each call", () => {
  assertEquals(/^[^@]+@\d+#[0-9a-f]{16}$/.test(createClientId()), true);
  assertNotEquals(createClientId(), createClientId());
  assertEquals(createClientId({ ip: "10.0.0.7", instance: "a" }), "10.0.0.7@a");
  assertEquals(createClientId({ ip: "10.0.0.7", instance: "a", unit: "u" }), "10.0.0.7@a@u");
});

test("createClientId() refuses parts that would read as others", () => {
  assertThrows(() => createClientId({ ip: "a@b" }), TypeError, `ip must be text that is not empty and has no "@"`);
  assertThrows(() => createClientId({ instance: "" }), TypeError, "instance");
  assertThrows(() => createClientId({ ip: "h", instance: "i".repeat(254) }), RangeError, "256 characters");
});

test("localAddress() prefers IPv4 that others may reach, of Node's form and of Deno's", () => {
  const lo = { address: "127.0.0.1", family: "IPv4", internal: true };
  const [v4, v6] = [{ address: "10.0.0.7", family: "IPv4", internal: false }, { address: "2001:db8::7", family: "IPv6", internal: false }];
  const node = (...addresses: readonly object[]) => ({
    process: { getBuiltinModule: () => ({ networkInterfaces: () => ({ eth0: addresses }) }) },
  });
  assertEquals(localAddress(node(lo, v6, v4)), "10.0.0.7");
  assertEquals(localAddress(node(lo, { ...v6, address: "fe80::1" }, v6)), "[2001:db8::7]");
  assertEquals(localAddress(node(lo)), undefined);
  const deno = (state: string) => ({ Deno: { permissions: { querySync: () => ({ state }) }, networkInterfaces: () => [lo, v4] } });
  assertEquals(localAddress(deno("granted")), "10.0.0.7");
  assertEquals(localAddress(deno("prompt")), undefined);
});

test("localAddress() knows none where the runtime tells none, or fails", () => {
  assertEquals(localAddress({}), undefined);
  assertEquals(localAddress({ process: {} }), undefined);
  const failing = () => {
    throw new Error("not here");
  };
  assertEquals(localAddress({ process: { getBuiltinModule: failing } }), undefined);
});
