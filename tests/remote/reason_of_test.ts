import { assertEquals } from "@std/assert";
import { reasonOf } from "../../src/remote/reason_of.ts";
import { test } from "../harness.ts";

test("reasonOf() gives a runtime's error in words, whatever it is", () => {
  const refused = (address: string): Error => new Error(`connect ECONNREFUSED ${address}`);
  const cases: readonly (readonly [error: unknown, reason: string])[] = [
    [refused("::1:1"), "connect ECONNREFUSED ::1:1"],
    [new TypeError(""), "TypeError"],
    [new AggregateError([refused("::1:1"), refused("127.0.0.1:1")]), "connect ECONNREFUSED ::1:1; connect ECONNREFUSED 127.0.0.1:1"],
    [new AggregateError([refused("::1:1"), refused("::1:1")]), "connect ECONNREFUSED ::1:1"],
    [new AggregateError([refused("::1:1")], "no luck"), "no luck"],
    [new AggregateError([]), "AggregateError"],
    [Object.assign(new Error("Failed to connect"), { code: "ECONNREFUSED" }), "Failed to connect (ECONNREFUSED)"],
    [new Error("Failed to connect"), "Failed to connect"],
    [new TypeError("fetch failed", { cause: new Error("other side closed") }), "other side closed"],
    [new TypeError("fetch failed"), "fetch failed"],
    [new Error("getaddrinfo EPERM ns1"), "getaddrinfo EPERM ns1, as in Deno without the --allow-net flag"],
    ["text", "text"],
    [undefined, "undefined"],
  ];
  for (const [error, reason] of cases) assertEquals(reasonOf(error), reason);
});
