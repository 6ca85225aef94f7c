import { assertEquals } from "@std/assert";
import { masterAddress } from "../../src/route/master_address.ts";
import { subscribeAddress } from "../../src/route/subscribe_address.ts";
import { test } from "../harness.ts";
import { brokerData } from "../cli/routes.ts";

const broker = (...ids: readonly string[]) => brokerData("a", { brokerAddrs: Object.fromEntries(ids.map((id) => [id, `h:${id}`])) });

const CHOICES: readonly (readonly [ids: readonly string[], id: number | bigint, only: boolean, found: string | undefined])[] = [
  [["0", "1"], 0, false, "0"],
  [["0", "1"], 1, true, "1"],
  [["0", "2"], 1, true, "2"],
  [["1", "2"], 0, true, undefined],
  [["1", "2"], 0, false, "1"],
  [["0", "3"], 1, false, "0"],
  [["0", "3"], 1, true, undefined],
  [["9007199254740993"], 9007199254740993n, true, "9007199254740993"],
  [[], 0, false, undefined],
];

for (const [ids, id, only, brokerId] of CHOICES) {
  test(`subscribeAddress() of id ${id}${only ? ", only" : ""}, among ${ids.join(" and ") || "none"} is ${brokerId}`, () => {
    const expected = brokerId === undefined ? undefined : { address: `h:${brokerId}`, brokerId, isMaster: brokerId === "0" };
    assertEquals(subscribeAddress(broker(...ids), id, only), expected);
  });
}

test("masterAddress() is that of id 0, and no slave's", () => {
  assertEquals(masterAddress(broker("0", "1")), "h:0");
  assertEquals(masterAddress(broker("1", "-1")), undefined);
});
