import { assertEquals } from "@std/assert";
import { NameServerConnectionError, NameServerTimeoutError, NameServerUnavailableError } from "../../src/errors.ts";
import { isUnreachable } from "../../src/remote/is_unreachable.ts";
import { test } from "../harness.ts";

test("isUnreachable() is true where each attempt was a dial that failed, and so nothing was sent", () => {
  const refused = new NameServerConnectionError("refused", { code: "NAMESRV_CONNECT" });
  const late = new NameServerConnectionError("late", { code: "NAMESRV_CONNECT_TIMEOUT" });
  const lost = new NameServerConnectionError("lost", { code: "NAMESRV_CONNECTION_LOST" });
  assertEquals([refused, late, lost].map(isUnreachable), [true, true, false]);
  assertEquals(isUnreachable(new NameServerUnavailableError("all", { errors: [refused, late] })), true);
  assertEquals(isUnreachable(new NameServerUnavailableError("some", { errors: [refused, lost] })), false);
  assertEquals(isUnreachable(new NameServerTimeoutError("slow", { timeoutMs: 1 })), false);
  assertEquals(isUnreachable(new Error("else")), false);
});
