import { assertEquals, assertThrows } from "@std/assert";
import { checkTls } from "../../src/remote/check_tls.ts";
import { test } from "../harness.ts";

test("checkTls() takes true, an object, and nothing", () => {
  const tls = { serverName: "ns.test", caCerts: ["PEM"], client: { cert: "PEM", key: "PEM" } };
  assertEquals([checkTls(true), checkTls(tls), checkTls({}), checkTls(undefined), checkTls(false)], [{}, tls, {}, undefined, undefined]);
});

test("checkTls() refuses options that do not exist, and says what Node's are called here", () => {
  const wrong: readonly (readonly [name: string, advice: string])[] = [
    ["ca", "it is caCerts"],
    ["cert", "it is client.cert"],
    ["key", "it is client.key"],
    ["servername", "it is serverName"],
    ["rejectUnauthorized", "servers are always verified"],
    ["minVersion", "there are serverName, caCerts, client"],
  ];
  for (const [name, advice] of wrong) {
    assertThrows(() => checkTls({ [name]: "x" }), TypeError, `Cannot use tls.${name}: there is no such option; ${advice}`);
  }
});

test("checkTls() refuses options of another kind", () => {
  const wrong: readonly (readonly [tls: unknown, message: string])[] = [
    ["yes", "tls: it must be true or an object, not string"],
    [null, "tls: it must be true or an object, not null"],
    [{ serverName: 5 }, "tls.serverName: it must be a string, not number"],
    [{ caCerts: "PEM" }, "tls.caCerts: it must be an array of strings, not string"],
    [{ client: { cert: "PEM" } }, "tls.client: it must be an object with cert and key, both strings"],
  ];
  for (const [tls, message] of wrong) assertThrows(() => checkTls(tls as never), TypeError, `Cannot use ${message}`);
});
