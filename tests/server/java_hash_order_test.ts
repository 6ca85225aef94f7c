import { assertEquals } from "@std/assert";
import { parseClusterInfo } from "../../src/protocol.ts";
import { inHashOrder } from "../../src/server/java_hash_order.ts";
import { goldenRows } from "../golden/golden_rows.ts";
import { test } from "../harness.ts";

const recorded = goldenRows.find(({ name }) => name === "5.3.3/cluster")!.bodyText!;
const brokers = parseClusterInfo(new TextEncoder().encode(recorded)).brokerAddrTable;

test("inHashOrder() gives names in the order of a recorded ConcurrentHashMap", () => {
  const names = Object.keys(brokers);
  assertEquals(inHashOrder([...names].sort(), 256), names);
});

test("inHashOrder() gives longs in the order of a recorded HashMap", () => {
  const inOrder = [...recorded.matchAll(/(\d+):"127\.0\.0\.1:2110\d"/g)].map((found) => BigInt(found[1]!));
  assertEquals(inOrder.length, 4);
  assertEquals(inHashOrder([...inOrder].sort()), inOrder);
});

test("inHashOrder() puts null first, and doubles the buckets when they are three quarters full", () => {
  assertEquals(inHashOrder(["a", null]), [null, "a"]);
  const ids = Array.from({ length: 13 }, (_, i) => BigInt(i + 8)); // of 16 buckets, 16 would come first
  assertEquals(inHashOrder(ids), ids);
  assertEquals(inHashOrder([8n, 16n]), [16n, 8n]);
});
