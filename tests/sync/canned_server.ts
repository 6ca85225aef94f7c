/** A NameServer that answers every request with the same route, and remembers nothing. Prints its port; ends when its stdin does. */
import { type AddressInfo, createServer } from "node:net";
import process from "node:process";
import { createResponse, decodeCommand, encodeCommand, FrameDecoder } from "../../src/protocol.ts";

const body = new TextEncoder().encode(
  `{"brokerDatas":[{"brokerAddrs":{0:"10.0.0.1:10911"},"brokerName":"a","cluster":"c"}],"filterServerTable":{},` +
    `"queueDatas":[{"brokerName":"a","perm":6,"readQueueNums":4,"topicSysFlag":0,"writeQueueNums":4}]}`,
);

const server = createServer((socket) => {
  const frames = new FrameDecoder();
  socket.setNoDelay(true).on("error", () => {}); // a client that ends
  socket.on("data", (chunk) => {
    for (const frame of frames.push(chunk as Uint8Array)) socket.write(encodeCommand(createResponse(decodeCommand(frame), { body })));
  });
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
process.stdin.resume().on("end", () => process.exit());
