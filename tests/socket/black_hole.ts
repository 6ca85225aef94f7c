import { connect, type Socket as NetSocket } from "node:net";
import type { Endpoint } from "../../src/socket/socket.ts";
import { startHere } from "./run_here.ts";

/** Gives an endpoint at which dials hang: no answer to the SYN, neither yes nor no. */
export async function withBlackHole(body: (endpoint: Endpoint) => Promise<void>): Promise<void> {
  const child = startHere("black_hole_program.ts", []);
  const ended = new Promise((resolve) => child.once("close", resolve));
  const streams: NetSocket[] = [];
  try {
    const port = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.stdout!.once("data", (text: Uint8Array) => resolve(Number(new TextDecoder().decode(text))));
    });
    // Two in a row, both still waiting: one alone may just have been slow.
    do await connectOrWait(port, streams); while (streams.slice(-2).filter(({ connecting }) => connecting).length < 2);
    await body({ hostname: "127.0.0.1", port });
  } finally {
    for (const stream of streams) stream.destroy();
    child.kill("SIGKILL");
    await ended;
  }
}

/** Dials, and waits until that is done, half a second at most. */
function connectOrWait(port: number, streams: NetSocket[]): Promise<void> {
  const stream = connect({ host: "127.0.0.1", port });
  streams.push(stream);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, 500);
    stream.once("connect", () => {
      clearTimeout(timer);
      resolve();
    });
    stream.on("error", reject);
  });
}
