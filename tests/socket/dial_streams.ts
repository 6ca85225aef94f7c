import { connect, type Socket as NetSocket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { EdgeDial } from "../../src/socket/edge.ts";

/** `connect` of `cloudflare:sockets` as far as the edge adapter goes, made of `node:net` and web streams. */
export const dialStreams: EdgeDial = ({ hostname: host, port }, options) => {
  const secure = options?.secureTransport === "on";
  const stream = secure ? connectTls({ host, port }) : connect({ host, port, noDelay: true });
  stream.pause();
  const opened = new Promise<void>((resolve, reject) => {
    stream.once(secure ? "secureConnect" : "connect", resolve);
    stream.on("error", reject);
    stream.once("close", () => reject(new Error("closed")));
  });
  return { opened, readable: readableOf(stream), writable: writableOf(stream), close: () => Promise.resolve(void stream.destroy()) };
};

function readableOf(stream: NetSocket): ReadableStream<Uint8Array> {
  let open = true;
  const once = (settle: () => void): void => {
    if (open) settle();
    open = false;
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      stream.on("data", (chunk: Uint8Array) => {
        if (!open) return;
        controller.enqueue(chunk);
        if ((controller.desiredSize ?? 0) <= 0) stream.pause();
      });
      stream.pause();
      stream.once("end", () => once(() => controller.close()));
      stream.once("error", (error) => once(() => controller.error(error)));
      stream.once("close", () => once(() => controller.close()));
    },
    pull: () => void stream.resume(),
    cancel: () => once(() => stream.destroy()),
  });
}

function writableOf(stream: NetSocket): WritableStream<Uint8Array> {
  return new WritableStream<Uint8Array>({
    start: (controller) => void stream.once("error", (error) => controller.error(error)),
    write: (chunk) =>
      new Promise((resolve, reject) => {
        if (!stream.writable) return reject(new Error("not writable"));
        // Node calls back without an error where a write was under way when the stream was destroyed.
        stream.write(chunk, (error) => error || stream.destroyed ? reject(error ?? new Error("destroyed")) : resolve());
      }),
    abort: () => void stream.destroy(),
  });
}
