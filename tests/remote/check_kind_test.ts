import { assertThrows } from "@std/assert";
import { checkOptions } from "../../src/remote/check_kind.ts";
import { test } from "../harness.ts";

test("checkOptions() tells who gives a port in place of options where a port goes", () => {
  assertThrows(
    () => checkOptions(9876 as never),
    TypeError,
    'they must be an object, not number; a port stands behind its host, "host:port"',
  );
  assertThrows(() => checkOptions(null as never), TypeError, "Cannot use options: they must be an object, not null");
});
