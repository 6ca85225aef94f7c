import { assertEquals, assertThrows } from "@std/assert";
import { createRequest } from "../../src/protocol/command.ts";
import { withZone } from "../../src/protocol/zone.ts";
import { test } from "../harness.ts";

test("withZone() asks for the brokers of one zone and keeps the rest of the request", () => {
  const request = createRequest(105, { extFields: { topic: "orders" } });
  assertEquals(withZone(request, "zone-1"), { ...request, extFields: { topic: "orders", __ZONE_NAME: "zone-1", __ZONE_MODE: "true" } });
  assertEquals(request.extFields, { topic: "orders" });
});

test("withZone() keeps the zone that a broker registers with", () => {
  const request = createRequest(103, { extFields: { __ZONE_NAME: "zone-2" } });
  assertEquals(withZone(request, "zone-1").extFields["__ZONE_NAME"], "zone-2");
});

test("withZone() refuses a blank zone, with which servers would not filter", () => {
  for (const zone of ["", " "]) assertThrows(() => withZone(createRequest(105), zone), TypeError, "zone");
});
