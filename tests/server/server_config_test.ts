import { assertEquals } from "@std/assert";
import { parseProperties } from "../../src/model/properties.ts";
import { EMULATIONS } from "../../src/server/emulation.ts";
import { ServerConfig } from "../../src/server/server_config.ts";
import { goldenRows } from "../golden/golden_rows.ts";
import { test } from "../harness.ts";

for (const version of ["4.9.7", "5.3.3", "5.5.0"] as const) {
  test(`ServerConfig of ${version} has the settings of the real server, and their values but for paths and what was changed`, () => {
    const shown = parseProperties(goldenRows.find(({ name }) => name === `${version}/cfg.get`)!.bodyText!);
    const own = parseProperties(new ServerConfig({ bindAddress: "127.0.0.1" }, EMULATIONS[version]).format());
    assertEquals(Object.keys(own).sort(), Object.keys(shown).sort());
    const differing = Object.keys(own).filter((name) => own[name] !== shown[name]);
    const changed = version === "4.9.7" ? ["orderMessageEnable"] : ["orderMessageEnable", "supportActingMaster"];
    assertEquals(differing.sort(), ["configStorePath", "kvConfigPath", "listenPort", "rocketmqHome", ...changed].sort());
  });
}

test("ServerConfig.update() reads each setting by its type, and leaves alone what it can't read or does not know", () => {
  const config = new ServerConfig({}, EMULATIONS["5.3.3"]);
  config.update({ orderMessageEnable: "TRUE", serverWorkerThreads: "+9", productEnvName: " x y ", noSuchKey: "1" });
  const read = () => [config.text("orderMessageEnable"), config.text("serverWorkerThreads"), config.text("productEnvName")];
  assertEquals([...read(), config.text("noSuchKey")], ["true", "9", "x y", ""]);
  config.update({ orderMessageEnable: "1", serverWorkerThreads: "9 " });
  assertEquals(read(), ["false", "9", "x y"]);
});

test("ServerConfig keeps the blanks of text in 4.9, and remembers settings that only its start knew", () => {
  const config = new ServerConfig({ bindAddress: "h" }, EMULATIONS["4.9.7"]);
  config.update({ productEnvName: "x ", bindAddress: "i" });
  assertEquals([config.text("productEnvName"), config.text("bindAddress")], ["x ", "i"]);
});

test("ServerConfig.isProtected() names the paths, and in 5.x what the black list says at the start", () => {
  const protectedBy = (version: "4.9.7" | "5.3.3", settings: Readonly<Record<string, string>> = {}) =>
    ["kvConfigPath", "rocketmqHome", "listenPort"].filter((name) => new ServerConfig(settings, EMULATIONS[version]).isProtected(name));
  assertEquals(protectedBy("4.9.7"), ["kvConfigPath"]);
  assertEquals(protectedBy("5.3.3"), ["kvConfigPath", "rocketmqHome"]);
  assertEquals(protectedBy("5.3.3", { configBlackList: "listenPort" }), ["kvConfigPath", "rocketmqHome", "listenPort"]);
});
