import { RequestCode, requests } from "../../src/protocol.ts";
import { request } from "./stage.ts";
import { type Step, step } from "./step.ts";

/** The store of values by namespace and key: 100, 101, 102, 219. A namespace stays for good, so each step has its own. */
export const kvSteps: readonly Step[] = [
  step("100 puts values that 101 and 219 give back", async ({ client }) => {
    const values = { plain: "1", empty: "", braces: "it's {x:1}", "ключ": "Größe 漢 😀\n" };
    for (const [key, value] of Object.entries(values)) await client.putKvConfig({ namespace: "put", key, value });
    await client.putKvConfig({ namespace: "put", key: "plain", value: "2" });
    const read = await Promise.all(Object.keys(values).map((key) => client.getKvConfig({ namespace: "put", key })));
    return [read, await client.listKvConfig("put")];
  }, [["2", "", "it's {x:1}", "Größe 漢 😀\n"], { plain: "2", empty: "", braces: "it's {x:1}", "ключ": "Größe 漢 😀\n" }]),

  step("101 of an unknown key or namespace is not found", async (s) => {
    await s.client.putKvConfig({ namespace: "found", key: "k", value: "v" });
    const ask = (namespace: string) => s.ask(RequestCode.GET_KV_CONFIG, requests.getKvConfig.encode({ namespace, key: "none" }));
    return [await ask("found"), await ask("none"), await s.client.getKvConfig({ namespace: "none", key: "k" })];
  }, [
    { code: 22, remark: "No config item, Namespace: found Key: none" },
    { code: 22, remark: "No config item, Namespace: none Key: none" },
    undefined,
  ]),

  step("219 of an unknown namespace is not found, of an emptied one is empty", async (s) => {
    const entry = { namespace: "emptied", key: "k", value: "v" };
    await s.client.putKvConfig(entry);
    await s.client.deleteKvConfig(entry);
    const ask = (namespace: string) => s.ask(RequestCode.GET_KVLIST_BY_NAMESPACE, { extFields: { namespace } });
    return [await ask("none"), await ask("emptied"), await s.client.listKvConfig("none")];
  }, [{ code: 22, remark: "No config item, Namespace: none" }, { code: 0, body: '{"table":{}}' }, {}]),

  step("102 removes a value, an unknown one without complaint", async (s) => {
    const entry = { namespace: "removed", key: "k", value: "v" };
    await s.client.putKvConfig(entry);
    await s.client.deleteKvConfig(entry);
    await s.client.deleteKvConfig(entry);
    return [await s.client.getKvConfig(entry), await s.reaction(request(RequestCode.DELETE_KV_CONFIG))];
  }, [undefined, { code: 0 }]),

  step("100 without namespace or key is refused", async (s) => {
    const put = (extFields: Readonly<Record<string, string>>) => s.ask(RequestCode.PUT_KV_CONFIG, { extFields });
    return [await put({ namespace: "n", value: "v" }), await put({ key: "k", value: "v" })];
  }, Array(2).fill({ code: 1, remark: "namespace or key is null" })),

  step("100 without a value, or with an empty one in a binary header, puts null, which nobody finds", async (s) => {
    const put = requests.putKvConfig.encode({ namespace: "null", key: "binary", value: "" });
    const { value: _, ...noValue } = put.extFields;
    await s.reaction({ ...put, extFields: { ...noValue, key: "absent" } });
    await s.reaction(put, "rocketmq");
    await s.reaction({ ...put, extFields: { ...put.extFields, key: "json" } });
    const { body } = await s.ask(RequestCode.GET_KVLIST_BY_NAMESPACE, { extFields: { namespace: "null" } });
    return [body, await s.client.getKvConfig({ namespace: "null", key: "binary" })];
  }, ['{"table":{"json":""}}', undefined]),
];
