import { detectAdapter } from "./detect.ts";
import type { SocketAdapter } from "./socket.ts";

/** The adapter of the runtime that runs this, found at the first dial. */
export const runtimeAdapter: SocketAdapter = {
  name: "runtime",
  connect: async (endpoint, options) => (await detectAdapter()).connect(endpoint, options),
};
