import { connect } from "node:net";

/** Ports given out by this process; never twice, for a server that was asked for may not listen yet. */
const given = new Set<number>();

/**
 * Finds a port that is free on this machine, and whose neighbours are. Looks below the range from which systems take ports for outgoing
 * connections (32768 and up), so that none of those slips in before the server binds.
 *
 * @param offsets Neighbours that must be free too; a broker also listens at -2 (fast lane) and +1 (replication).
 */
export async function freePort(offsets: readonly number[] = []): Promise<number> {
  while (true) {
    const port = 12000 + Math.floor(Math.random() * 20000);
    const wanted = [port, ...offsets.map((offset) => port + offset)];
    if (wanted.some((each) => given.has(each)) || !await areFree(wanted)) continue;
    for (const each of wanted) given.add(each);
    return port;
  }
}

async function areFree(ports: readonly number[]): Promise<boolean> {
  for (const port of ports) if (!await isFree(port)) return false;
  return true;
}

/** Whether nobody listens at a port of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  const socket = connect({ host: "127.0.0.1", port });
  let listening = false;
  socket.once("connect", () => {
    listening = true;
    socket.destroy();
  });
  socket.once("error", () => {}); // refused; "close" follows
  return new Promise((resolve) => socket.once("close", () => resolve(!listening)));
}
