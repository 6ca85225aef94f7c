import { adapterContract } from "../../src/server/adapter_contract.ts";
import { edgeAdapter } from "../../src/socket/edge.ts";
import { test } from "../harness.ts";
import { dialStreams } from "./dial_streams.ts";
import { adaptersHere } from "./adapters_here.ts";

for (const adapter of [...await adaptersHere(), edgeAdapter(dialStreams)]) {
  for (const { name, run } of adapterContract(adapter)) test(`${adapter.name}Adapter: ${name}`, run);
}
