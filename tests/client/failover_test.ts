import { assertEquals, assertRejects } from "@std/assert";
import {
  type AsyncNameServerClient,
  connect,
  type ConnectOptions,
  NameServerConnectionError,
  NameServerUnavailableError,
  type RemoteEvent,
} from "../../mod.ts";
import { createResponse } from "../../src/protocol/command.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";
import { Sequence } from "../remote/sequence.ts";
import { brokerA } from "../server/brokers.ts";

/** Some servers on ports of their own, each with a broker that tells them apart, and a client of all. */
class Fleet implements AsyncDisposable {
  readonly servers: readonly EmbeddedNameServer[];
  readonly addresses: readonly string[];
  readonly client: AsyncNameServerClient;
  /** What happened since the client was connected, without times. */
  readonly events: Sequence<Readonly<Record<string, unknown>>> = new Sequence();
  readonly #reading: Promise<void>;

  private constructor(servers: readonly EmbeddedNameServer[], addresses: readonly string[], client: AsyncNameServerClient) {
    this.servers = servers;
    this.addresses = addresses;
    this.client = client;
    this.#reading = this.#read(client.events());
  }

  static async start(size: number, options: ConnectOptions = {}): Promise<Fleet> {
    const servers = Array.from({ length: size }, () => new EmbeddedNameServer());
    const addresses: string[] = [];
    for (const [index, server] of servers.entries()) {
      server.registerBroker(brokerA({ brokerName: `b${index}` }));
      addresses.push((await server.listen()).address);
    }
    return new Fleet(servers, addresses, await connect(addresses, { backoff: () => 10, ...options }));
  }

  /** Which server answers. */
  async ask(options: { readonly address?: string } = {}): Promise<number> {
    const { brokerAddrTable } = await this.client.getBrokerClusterInfo(options);
    return Number(Object.keys(brokerAddrTable)[0]?.slice(1));
  }

  /** The n-th event, from 0. An idle client keeps no process alive, so this does. */
  async event(index: number): Promise<Readonly<Record<string, unknown>>> {
    const hold = setInterval(() => {}, 1000);
    return await this.events.at(index).finally(() => clearInterval(hold));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
    await this.#reading;
    for (const server of this.servers) await server[Symbol.asyncDispose]();
  }

  async #read(events: AsyncIterable<RemoteEvent>): Promise<void> {
    for await (const event of events) {
      const { error, elapsedMs: _, ...rest } = event as unknown as {
        readonly error?: { readonly code: string };
        readonly elapsedMs?: number;
      };
      this.events.push({ ...rest, ...(error && { error: error.code }) });
    }
  }
}

test("AsyncNameServerClient goes on with the next server where one dies, and stays there", async () => {
  await using fleet = await Fleet.start(3);
  assertEquals([await fleet.ask(), await fleet.ask()], [0, 0]);
  await fleet.servers[0]![Symbol.asyncDispose]();
  for (let call = 0; call < 5; call++) assertEquals(await fleet.ask(), 1);
  assertEquals(fleet.servers.map((server) => server.received.length), [2, 5, 0]);
});

test("AsyncNameServerClient's events tell of a failover, step by step", async () => {
  const fleet = await Fleet.start(2);
  const [first, second] = fleet.addresses as [string, string];
  assertEquals(await fleet.ask(), 0);
  fleet.servers[0]!.setFaults({ closeAfterBytes: 0 });
  assertEquals(await fleet.ask(), 1);
  await fleet[Symbol.asyncDispose]();
  assertEquals(fleet.events.all, [
    { type: "disconnected", address: first, error: "NAMESRV_CONNECTION_LOST" },
    { type: "failover", from: first, to: second, error: "NAMESRV_CONNECTION_LOST" },
    { type: "connecting", address: second, attempt: 1 },
    { type: "connected", address: second },
    { type: "disconnected", address: second },
  ]);
});

test("fault 16: every call in flight at a server that is reset is answered by the next", async () => {
  await using fleet = await Fleet.start(2);
  fleet.servers[0]!.setFaults({ resetAfterBytes: 10 });
  const answered = await Promise.all(Array.from({ length: 200 }, () => fleet.ask()));
  assertEquals([...new Set(answered)], [1]);
});

test("faults 18, 19: callers do not notice connections that the server closes, idle or in the moment of a call", async () => {
  await using fleet = await Fleet.start(1);
  for (let round = 0; round < 20; round++) {
    fleet.servers[0]!.dropConnections();
    if (round % 2 === 0) await new Promise((resolve) => setTimeout(resolve, round / 4));
    assertEquals(await fleet.ask(), 0);
  }
});

test("fault 2: a server that is silent costs a slice of the deadline", async () => {
  await using fleet = await Fleet.start(2, { timeoutMs: 600 });
  fleet.servers[0]!.setFaults({ silent: true });
  assertEquals(await fleet.ask(), 1);
  assertEquals(await fleet.ask(), 1);
  assertEquals(fleet.servers.map((server) => server.received.length), [1, 2]);
});

test("fault 49: a server that is not ready yet leaves the answer to another", async () => {
  await using fleet = await Fleet.start(2);
  fleet.servers[0]!.setFaults({ answer: (request) => createResponse(request, { code: 1, remark: "name server not ready" }) });
  assertEquals(await fleet.ask(), 1);
});

test("the option address asks this server only, and changes nothing for other calls", async () => {
  await using fleet = await Fleet.start(3);
  const [, second, third] = fleet.addresses as [string, string, string];
  assertEquals([await fleet.ask(), await fleet.ask({ address: third }), await fleet.ask()], [0, 2, 0]);
  await fleet.servers[1]![Symbol.asyncDispose]();
  await assertRejects(() => fleet.ask({ address: second }), Error, `Cannot connect to "${second}": `);
  assertEquals(await fleet.ask(), 0);
});

test("the option address reaches servers that are not in the list", async () => {
  await using fleet = await Fleet.start(1);
  await using broker = new EmbeddedNameServer();
  broker.registerBroker(brokerA({ brokerName: "b7" }));
  assertEquals([await fleet.ask({ address: (await broker.listen()).address }), fleet.client.addresses.length], [7, 1]);
});

test("fault 10: a server that comes back on its port is used again without a restart", async () => {
  await using fleet = await Fleet.start(1);
  const [address] = fleet.addresses as [string];
  assertEquals(await fleet.ask(), 0);
  await fleet.servers[0]![Symbol.asyncDispose]();
  assertEquals((await fleet.event(0))["type"], "disconnected");
  await assertRejects(() => fleet.ask(), NameServerConnectionError, `Cannot connect to "${address}": `);
  await using back = new EmbeddedNameServer();
  back.registerBroker(brokerA({ brokerName: "b9" }));
  await back.listen({ port: Number(address.split(":")[1]) });
  assertEquals(await fleet.ask(), 9);
});

test("fault 9: with every server gone, the error has one entry an attempt", async () => {
  await using fleet = await Fleet.start(2);
  for (const server of fleet.servers) await server[Symbol.asyncDispose]();
  assertEquals((await fleet.event(0))["type"], "disconnected");
  const error = await assertRejects(() => fleet.ask(), NameServerUnavailableError);
  assertEquals(error.errors.map((one) => one.address), fleet.addresses);
  assertEquals(error.operation, "getBrokerClusterInfo");
});
