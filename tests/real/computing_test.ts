/**
 * A thread that computes gives its event loop no turn: the async client's heartbeats stop then, the blocking client's go on. Both are members
 * of one group, so that the broker itself tells the difference.
 */

import { assert, assertEquals } from "@std/assert";
import process from "node:process";
import { connect, createClientId } from "../../mod.ts";
import { createRequest, parseLenientJson } from "../../src/protocol.ts";
import { connectSync, type SyncNameServerClient } from "../../src/sync.ts";
import { test } from "../harness.ts";
import { realTier, sharedCluster } from "./start.ts";

const tier = realTier();
const VERSION = "5.3.3";
const servers = tier.skip === undefined ? await sharedCluster(VERSION) : undefined;
const GET_ALL_PRODUCER_INFO = 328;

interface ProducerTable {
  readonly data: Readonly<Record<string, readonly { readonly clientId: string; readonly lastUpdateTimestamp: number }[]>>;
}

/** Milliseconds on the broker's clock when it last heard of the blocking client and of the async one; none of one that it has forgotten. */
interface LastHeard {
  readonly blocking: number | undefined;
  readonly async: number | undefined;
}

/** What the broker says behind so many milliseconds in which this thread only computes. */
async function lastHeardBehind(computeMs: number, intervalMs: number): Promise<LastHeard> {
  const { nameServer, broker } = servers!;
  const [group, blocking, promising] = [`group-${crypto.randomUUID()}`, createClientId(), createClientId()];
  await using asyncClient = await connect(nameServer);
  using client = connectSync(nameServer);
  await asyncClient.registerProducer(group, promising, { intervalMs });
  client.registerProducer(group, blocking, { intervalMs });
  for (const end = performance.now() + computeMs; performance.now() < end;); // computes
  const heard = heardOf(client, broker, group);
  return { blocking: heard.get(blocking), async: heard.get(promising) };
}

/** By clientId. Asks without a turn of the event loop. */
function heardOf(client: SyncNameServerClient, broker: string, group: string): ReadonlyMap<string, number> {
  const { body } = client.remote.request(createRequest(GET_ALL_PRODUCER_INFO), { address: broker });
  const { data } = parseLenientJson(body) as ProducerTable;
  return new Map(data[group]?.map(({ clientId, lastUpdateTimestamp }) => [clientId, Number(lastUpdateTimestamp)]));
}

test(`a real ${VERSION} broker hears of the blocking client while its thread computes`, async () => {
  const heard = await lastHeardBehind(2000, 200);
  assert(heard.blocking! - heard.async! > 500, JSON.stringify(heard));
}, tier);

test(`a real ${VERSION} broker still lists the blocking client behind two minutes and a half of computing`, async () => {
  // A broker forgets a client 120 s behind its last heartbeat; it looks every 10 s.
  const heard = await lastHeardBehind(150_000, 30_000);
  assert(heard.blocking !== undefined, "forgotten");
  assertEquals(heard.async, undefined, "nobody was forgotten: this shows nothing");
}, { ...tier, skip: tier.skip ?? (process.env.RMQ_LONG === "1" ? undefined : "RMQ_LONG is not 1") });
