// Opens a socket, has a byte echoed, waits for another one, and has nothing else to do: it should end by itself.
// Arguments: name of the adapter, port, and for TLS a certificate authority.
import process from "node:process";
import { adaptersHere } from "./adapters_here.ts";

const [name, port, ca] = process.argv.slice(2);
const adapter = (await adaptersHere()).find((candidate) => candidate.name === name)!;
const socket = await adapter.connect({ hostname: "127.0.0.1", port: Number(port) }, {
  signal: new AbortController().signal,
  ...(ca === undefined ? {} : { tls: { caCerts: [ca] } }),
});
const timer = setTimeout(() => {}, 20_000);
const echo = socket.read();
await socket.write(Uint8Array.of(7));
if ((await echo)?.[0] !== 7) process.exit(2);
clearTimeout(timer);
void socket.read();
