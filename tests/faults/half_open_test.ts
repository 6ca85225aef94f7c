import { assertEquals, assertRejects } from "@std/assert";
import { NameServerConnectionError, NameServerTimeoutError } from "../../src/errors.ts";
import { createRequest, type RemotingCommand } from "../../src/protocol/command.ts";
import { PROBE_MS } from "../../src/remote/liveness.ts";
import { NameServerRemote } from "../../src/remote/name_server_remote.ts";
import type { RequestOptions } from "../../src/remote/remote.ts";
import { FakeTimers } from "../remote/fake_timers.ts";
import { textOf, turn } from "../remote/remote_bench.ts";
import type { ScriptedConnection } from "../remote/scripted_connection.ts";
import { ScriptedPeer, type ServeScript, succeed } from "../remote/scripted_peer.ts";
import { fault } from "./fault.ts";

const PROBE = 101, READ = 206, WRITE = 100;
const TIMEOUT_MS = 160;

/** A remote on a clock that the test turns; servers say nothing until told otherwise. */
class HalfOpenBench implements AsyncDisposable {
  readonly timers: FakeTimers = new FakeTimers();
  readonly peer: ScriptedPeer = new ScriptedPeer();
  readonly remote: NameServerRemote;

  constructor(addresses: string = "a:1") {
    this.remote = new NameServerRemote(addresses, { adapter: this.peer, backoff: () => 1, timeoutMs: TIMEOUT_MS }, this.timers);
  }

  read(options?: RequestOptions): Promise<RemotingCommand> {
    return this.remote.request(createRequest(READ), { idempotent: true, ...options });
  }

  /** A call that times out, while time goes by. */
  async timeOut(): Promise<void> {
    const rejected = assertRejects(() => this.read(), NameServerTimeoutError);
    await turn();
    await this.advance(TIMEOUT_MS + 32);
    await rejected;
  }

  async advance(ms: number): Promise<void> {
    this.timers.advance(ms);
    await turn();
  }

  connection(index: number): ScriptedConnection {
    return this.peer.connections.all[index]!;
  }

  codes(index: number): readonly number[] {
    return this.connection(index).requests.all.map(({ code }) => code);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.remote.close();
    assertEquals([this.peer.open.length, this.timers.pending.size], [0, 0], "sockets or timers were left");
  }
}

fault(15, "a connection with three timeouts in a row is probed, and closed where nothing comes behind", async () => {
  await using bench = new HalfOpenBench();
  for (let call = 0; call < 3; call++) await bench.timeOut();
  assertEquals([bench.codes(0), bench.peer.dials.length], [[READ, READ, READ, PROBE], 1]);
  await bench.advance(PROBE_MS - 100);
  assertEquals(bench.connection(0).isClosed, false);
  await bench.advance(100);
  assertEquals(bench.connection(0).isClosed, true);
});

fault(15, "new calls use a fresh connection while the old one is probed, though there is one server only", async () => {
  await using bench = new HalfOpenBench();
  for (let call = 0; call < 3; call++) await bench.timeOut();
  bench.peer.serve = succeed;
  assertEquals([textOf(await bench.read()), bench.peer.dials.length], ["a:1", 2]);
  assertEquals(bench.connection(0).isClosed, false);
});

fault(15, "calls that still wait on a half-open connection are lost with it, and told so", async () => {
  await using bench = new HalfOpenBench();
  const write = bench.remote.request(createRequest(WRITE), { timeoutMs: 60_000 });
  const lost = assertRejects(() => write, NameServerConnectionError, 'Lost connection to "a:1": nothing comes from it any more');
  for (let call = 0; call < 3; call++) await bench.timeOut();
  await bench.advance(PROBE_MS + 1);
  assertEquals((await lost).code, "NAMESRV_CONNECTION_LOST");
});

fault(15, "reads that still wait on a half-open connection go to a fresh one", async () => {
  await using bench = new HalfOpenBench();
  const read = bench.read({ timeoutMs: 60_000 });
  for (let call = 0; call < 3; call++) await bench.timeOut();
  bench.peer.serve = succeed;
  await bench.advance(PROBE_MS + 1);
  await bench.advance(100); // the backoff
  assertEquals(textOf(await read), "a:1");
});

fault(15, "the probe's answer clears a connection, which calls use again", async () => {
  await using bench = new HalfOpenBench();
  for (let call = 0; call < 3; call++) await bench.timeOut();
  const connection = bench.connection(0);
  connection.answer(connection.requests.all[3]!, { code: 22 });
  connection.serve(succeed);
  await turn();
  assertEquals([textOf(await bench.read()), bench.peer.dials.length], ["a:1", 1]);
  await bench.advance(2 * PROBE_MS);
  assertEquals(connection.isClosed, false);
});

fault(43, "a late answer clears a connection, and is dropped", async () => {
  await using bench = new HalfOpenBench();
  for (let call = 0; call < 3; call++) await bench.timeOut();
  const connection = bench.connection(0);
  connection.answer(connection.requests.all[0]!);
  await turn();
  await bench.advance(2 * PROBE_MS);
  assertEquals([connection.isClosed, bench.peer.dials.length], [false, 1]);
});

fault(58, "a slow server whose answers come late is never suspect", async () => {
  await using bench = new HalfOpenBench();
  for (let call = 0; call < 10; call++) {
    await bench.timeOut();
    const connection = bench.connection(0);
    connection.answer(connection.requests.all[call]!);
    await turn();
  }
  assertEquals([bench.codes(0).includes(PROBE), bench.peer.dials.length], [false, 1]);
});

fault(15, "a connection on which others are answered is not suspect, however many calls time out", async () => {
  await using bench = new HalfOpenBench();
  const serve: ServeScript = (request, connection) => {
    if (request.extFields["answered"] !== undefined) connection.answer(request);
  };
  bench.peer.serve = serve;
  for (let call = 0; call < 10; call++) {
    await bench.timeOut();
    await bench.remote.request(createRequest(READ, { extFields: { answered: "yes" } }));
  }
  assertEquals([bench.codes(0).includes(PROBE), bench.peer.dials.length], [false, 1]);
});

fault(15, "a connection that is cleared when another has taken its place finishes what it has, and closes", async () => {
  await using bench = new HalfOpenBench();
  const slow = bench.read({ timeoutMs: 60_000 });
  for (let call = 0; call < 3; call++) await bench.timeOut();
  bench.peer.serve = succeed;
  await bench.read();
  const [old, fresh] = bench.peer.connections.all;
  old!.answer(old!.requests.all[0]!, { body: new TextEncoder().encode("late but here") });
  assertEquals(textOf(await slow), "late but here");
  await old!.closed;
  assertEquals([fresh!.isClosed, textOf(await bench.read()), bench.peer.dials.length], [false, "a:1", 2]);
});

fault(15, "a frozen server costs a fresh connection for each probe, not for each few calls", async () => {
  await using bench = new HalfOpenBench();
  for (let call = 0; call < 12; call++) await bench.timeOut(); // in less than PROBE_MS
  assertEquals([bench.peer.dials.length, bench.peer.open.length], [2, 2]);
  await bench.advance(PROBE_MS);
  assertEquals(bench.peer.open.length, 1);
});

fault(15, "another server is asked, as long as there is one", async () => {
  await using bench = new HalfOpenBench("a:1;b:1");
  bench.peer.serve = (request, connection) => connection.address === "b:1" && connection.answer(request);
  const first = bench.read();
  await turn();
  await bench.advance(TIMEOUT_MS / 2 + 32); // the slice
  await first;
  for (let call = 0; call < 5; call++) await bench.read();
  assertEquals(bench.peer.sent, ["a:1 206", ...Array(6).fill("b:1 206")]);
});

fault(59, "a server that stopped reading is given up with what waits for it", async () => {
  await using bench = new HalfOpenBench();
  const first = bench.read();
  const connection = await bench.peer.connections.at(0);
  await connection.requests.at(0);
  succeed(connection.requests.all[0]!, connection);
  await first;
  connection.stopReading();
  for (let call = 0; call < 3; call++) await bench.timeOut();
  await bench.advance(PROBE_MS + 1);
  assertEquals(connection.isClosed, true);
});

fault(15, "the probe does not hold the process", async () => {
  await using bench = new HalfOpenBench();
  for (let call = 0; call < 3; call++) await bench.timeOut();
  assertEquals([bench.codes(0).at(-1), bench.timers.holding], [PROBE, false]);
});

fault(15, "bytes that have arrived win over a probe whose time was over while the thread was busy", async () => {
  await using bench = new HalfOpenBench();
  for (let call = 0; call < 3; call++) await bench.timeOut();
  const connection = bench.connection(0);
  bench.timers.stall(2 * PROBE_MS);
  connection.answer(connection.requests.all[3]!);
  bench.timers.turn();
  await turn();
  await bench.advance(PROBE_MS);
  assertEquals(connection.isClosed, false);
});

fault(15, "a server that leaves the list while its connection is probed leaves with it", async () => {
  await using bench = new HalfOpenBench();
  for (let call = 0; call < 3; call++) await bench.timeOut();
  bench.remote.setAddresses("b:1");
  await bench.advance(PROBE_MS + 1);
  assertEquals(bench.connection(0).isClosed, true);
});
