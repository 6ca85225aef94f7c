import { assertEquals } from "@std/assert";
import { exitStatusOf } from "../../src/cli/exit_status.ts";
import { asArguments, Misuse } from "../../src/cli/misuse.ts";
import { NameServerConnectionError, NameServerUnavailableError, TopicNotFoundError } from "../../src/errors.ts";
import { test } from "../harness.ts";

const unknown = new TopicNotFoundError('Cannot find route of topic "x"', { topic: "x", remark: "", responseCode: 17 });
const lost = new NameServerConnectionError("Cannot connect", { code: "NAMESRV_CONNECT" });

test("exitStatusOf() is 3 where every server that was asked knows no such topic, and 1 where one could not say", () => {
  const statuses = [[unknown], [unknown, unknown], [unknown, lost], []].map((errors) =>
    exitStatusOf(new NameServerUnavailableError("Cannot query", { errors }))
  );
  assertEquals([exitStatusOf(unknown), ...statuses], [3, 3, 3, 1, 1]);
});

test("exitStatusOf() tells arguments that make no sense from mistakes of the program", () => {
  assertEquals([exitStatusOf(new Misuse("x")), exitStatusOf(new TypeError("x")), exitStatusOf(new RangeError("x"))], [2, 1, 1]);
});

test("asArguments() makes misuse of what refuses arguments, and of nothing else", () => {
  const outcomes = [new TypeError("kind"), new RangeError("size"), lost].map((error) => {
    try {
      return asArguments(() => {
        throw error;
      });
    } catch (thrown) {
      return [thrown instanceof Misuse, (thrown as Error).message];
    }
  });
  assertEquals(outcomes, [[true, "kind"], [true, "size"], [false, "Cannot connect"]]);
});
