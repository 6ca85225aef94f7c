import { nodeAdapter } from "../../src/socket/node.ts";
import type { SocketAdapter } from "../../src/socket/socket.ts";
import { runtime } from "../harness.ts";

/** The adapters that open sockets of this runtime: its own, and that of `node:net`, which all have. */
export async function adaptersHere(): Promise<readonly SocketAdapter[]> {
  switch (runtime) {
    case "deno":
      return [(await import("../../src/socket/deno.ts")).denoAdapter, nodeAdapter];
    case "bun":
      return [(await import("../../src/socket/bun.ts")).bunAdapter, nodeAdapter];
    case "node":
      return [nodeAdapter];
  }
}
