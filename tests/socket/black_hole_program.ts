// Listens and never accepts: once its queue is full, the system answers no further SYN.
import { createServer } from "node:net";
import process from "node:process";

const server = createServer().listen({ host: "127.0.0.1", port: 0, backlog: 1 }, () => {
  const { port } = server.address() as { readonly port: number };
  process.stdout.write(`${port}\n`, () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
});
