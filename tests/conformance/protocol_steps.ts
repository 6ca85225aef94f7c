import { encodeCommand, RequestCode, requests } from "../../src/protocol.ts";
import { FLAG_ONEWAY, FLAG_RESPONSE } from "../../src/protocol/command.ts";
import { master } from "./brokers.ts";
import { joined } from "./frames.ts";
import { binaryHeaders, brokenHeaders, impossibleLengths, lenientHeaders, type OddFrames, untypedFrames } from "./odd_frames.ts";
import { only, request, type Stage } from "./stage.ts";
import { type Step, step, stepByVersion } from "./step.ts";

const CLUSTER = requests.getBrokerClusterInfo.encode();
const NO_BROKERS = { code: 0, body: '{"brokerAddrTable":{},"clusterAddrTable":{}}' };
const TEXT = new TextEncoder();
/** What all releases read. */
const TOLERATED = {
  "numbers as text": "answered",
  "no flag, language, version": "answered",
  "unknown language": "answered",
  "unknown members": "answered",
  "white space": "answered",
  "single quotes": "answered",
  "trailing comma": "answered",
  "comment": "answered",
  "arguments that are no text": "answered",
};

/** Frames, headers and connections. */
export const protocolSteps: readonly Step[] = [
  stepByVersion("An answer's header says the server's version and the request's opaque", async (s) => {
    const opaques = [0, -1, 2147483647, -2147483648];
    return await Promise.all(opaques.map((opaque) => s.answerHeader({ ...CLUSTER, opaque })));
  }, { "4.9.7": headers(407), "5.3.3": headers(479), "5.5.0": headers(513) }),

  stepByVersion(
    "An unknown request is refused by 5.x; 4.9.7 is silent",
    (s) => Promise.all([9999, -1, RequestCode.HEART_BEAT].map((code) => s.reaction(request(code)))),
    {
      "4.9.7": ["silent", "silent", "silent"],
      "5.x": [9999, -1, 34].map((code) => ({ code: 3, remark: ` request type ${code} not supported` })),
    },
  ),

  stepByVersion("A request in a binary header is answered in one by 4.9.7, in JSON by 5.x", async (s) => [
    await answerType(s, "json"),
    await answerType(s, "rocketmq"),
  ], { "4.9.7": [0, 1], "5.x": [0, 0] }),

  step("A client that writes binary headers reads every answer", async (s) => {
    const client = await s.connect({ serialization: "rocketmq" });
    await client.registerBroker(master("a"));
    await client.putKvConfig({ namespace: "binary", key: "k", value: "Größe" });
    const route = await client.queryTopicRouteInfo("a-1");
    return [
      route.brokerDatas[0]!.brokerAddrs,
      await client.getKvConfig({ namespace: "binary", key: "k" }),
      only(await client.wipeWritePermission("a")),
    ];
  }, [{ "0": "a-0:10911" }, "Größe", 2]),

  step("A one-way request takes effect and is not answered", async (s) => {
    const put = requests.putKvConfig.encode({ namespace: "oneway", key: "k", value: "v" });
    const silent = await s.reaction({ ...put, flag: FLAG_ONEWAY });
    return [silent, await s.client.getKvConfig({ namespace: "oneway", key: "k" })];
  }, ["silent", "v"]),

  step("An answer to nothing is ignored", (s) => s.reaction({ ...CLUSTER, flag: FLAG_RESPONSE }), "silent"),

  step("A signed request is answered as any other", async (s) => {
    const client = await s.connect({ credentials: { accessKey: "key", secretKey: "secret", securityToken: "token" } });
    return (await client.getBrokerClusterInfo()).brokerAddrTable;
  }, {}),

  step("Requests on one connection are all answered, whatever the order", async (s) => {
    await s.register(master("a"));
    const asked = Array.from(
      { length: 100 },
      (_, i) => i % 2 === 0 ? s.perms("a-1") : s.client.getKvConfig({ namespace: "none", key: `${i}` }),
    );
    return (await Promise.all(asked)).filter((answer) => answer !== undefined).length;
  }, 50),

  step("A frame may come byte by byte", async (s) => {
    const wire = await s.dial();
    for (const byte of encodeCommand(CLUSTER)) await wire.send(Uint8Array.of(byte));
    return (await wire.receive())?.[0];
  }, 0),

  stepByVersion("Headers may stray from JSON, as far as the server's library lets them", (s) => reactions(s, lenientHeaders), {
    "4.9.7": { ...TOLERATED, "bare names": "answered", "byte order mark": "answered", "@type": "closed" },
    "5.3.3": { ...TOLERATED, "bare names": "answered", "byte order mark": "answered", "@type": "closed" },
    "5.5.0": { ...TOLERATED, "bare names": "closed", "byte order mark": "closed", "@type": "answered" },
  }),

  step(
    "Headers that are no object, or whose opaque is no int32, end the connection",
    (s) => reactions(s, brokenHeaders),
    allOf(brokenHeaders, "closed"),
  ),

  step(
    "Frames of an unknown type or without a header end the connection",
    (s) => reactions(s, untypedFrames),
    allOf(untypedFrames, "closed"),
  ),

  step(
    "Lengths that cannot be, and other protocols, end the connection",
    (s) => reactions(s, impossibleLengths),
    allOf(impossibleLengths, "closed"),
  ),

  step("Binary headers are read up to their lengths", (s) => reactions(s, binaryHeaders), {
    "no arguments": "answered",
    "negative length of arguments": "answered",
    "unknown language": "answered",
    "arguments beyond the header": "closed",
    "negative length of the remark": "closed",
    "too short": "closed",
  }),

  stepByVersion(
    "A PROXY protocol preamble ends the connection to 4.9.7; 5.x reads on behind it",
    (s) => s.reaction(joined(TEXT.encode("PROXY TCP4 10.0.0.7 10.0.0.8 1000 9876\r\n"), encodeCommand(CLUSTER))),
    {
      "4.9.7": "closed",
      "5.x": NO_BROKERS,
    },
  ),
];

function headers(versionOrdinal: number): readonly string[] {
  return [0, -1, 2147483647, -2147483648].map((opaque) =>
    `{"code":0,"flag":1,"language":"JAVA","opaque":${opaque},"serializeTypeCurrentRPC":"JSON","version":${versionOrdinal}}`
  );
}

/** The type byte of an answer's header. */
async function answerType(stage: Stage, serialization: "json" | "rocketmq"): Promise<number | undefined> {
  const wire = await stage.dial();
  await wire.send(encodeCommand(CLUSTER, serialization));
  return (await wire.receive())?.[0];
}

/** What a server does about each: answer, or else. */
async function reactions(stage: Stage, frames: OddFrames): Promise<Readonly<Record<string, string>>> {
  const entries = Object.entries(frames).map(async ([name, bytes]) => {
    const reaction = await stage.reaction(bytes);
    return [name, typeof reaction === "string" ? reaction : "answered"] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function allOf(frames: OddFrames, reaction: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(frames).map((name) => [name, reaction]));
}
