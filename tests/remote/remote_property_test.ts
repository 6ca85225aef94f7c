import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { NameServerClosedError, NameServerError } from "../../src/errors.ts";
import { createRequest, type RemotingCommand } from "../../src/protocol/command.ts";
import { test } from "../harness.ts";
import { rawFrame } from "./raw_frame.ts";
import { RemoteBench, textOf, turn } from "./remote_bench.ts";
import type { ScriptedConnection } from "./scripted_connection.ts";
import { refuse } from "./scripted_peer.ts";

const RETRIES = 2;
/** The deadline is far off: whatever waits for it is stuck. */
const OPTIONS = { retries: RETRIES, maxInFlight: 4, timeoutMs: 3_600_000 } as const;
const STUCK_MS = 20_000;

/** What may happen next; a number picks the call, connection or request that it happens to. */
type Happening =
  | { readonly type: "read" | "write" | "oneway" }
  | {
    readonly type: "abort" | "answer" | "answer twice" | "busy" | "go away" | "end" | "reset" | "garbage" | "stop" | "go on";
    readonly pick: number;
  }
  | { readonly type: "refuse dials" | "take dials" | "turn" }
  | { readonly type: "list"; readonly addresses: string };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constantFrom("read", "read", "write", "oneway") }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("turn" as const) }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constantFrom("answer", "answer", "answer twice", "busy", "go away"), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom("abort", "end", "reset", "garbage", "stop", "go on"), pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom("refuse dials", "take dials") }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("list" as const), addresses: fc.constantFrom("a:1", "a:1;b:1", "b:1;c:1") }) },
) as fc.Arbitrary<Happening>;

/** A call, and what became of it. */
interface Called {
  readonly id: string;
  readonly kind: "read" | "write" | "oneway";
  readonly abort: AbortController;
  readonly end: Promise<PromiseSettledResult<RemotingCommand | void>>;
}

/** Servers and calls, to which things happen. */
class Turmoil {
  readonly calls: Called[] = [];
  readonly #bench: RemoteBench;
  readonly #answered = new Set<RemotingCommand>();

  constructor(bench: RemoteBench) {
    this.#bench = bench;
  }

  async happen(what: Happening): Promise<void> {
    const { peer, remote } = this.#bench;
    if (what.type === "turn") await turn();
    else if (what.type === "refuse dials") peer.dial = refuse;
    else if (what.type === "take dials") peer.dial = () => {};
    else if (what.type === "list") remote.setAddresses(what.addresses);
    else if ("pick" in what) this.#happenTo(what.type, what.pick);
    else this.#call(what.type);
  }

  /** Every server answers whatever it is asked and was asked. */
  calmDown(): void {
    const { peer } = this.#bench;
    peer.dial = () => {};
    peer.serve = (request, connection) => this.#answer(request, connection);
    for (const connection of peer.open) {
      connection.serve(peer.serve);
      connection.readOn();
      for (const request of connection.requests.all) this.#answer(request, connection);
    }
  }

  /** How often servers saw a call. */
  timesSeen(id: string): number {
    return this.#requests().filter(([request]) => request.extFields["id"] === id).length;
  }

  #call(kind: Called["kind"]): void {
    const abort = new AbortController();
    const { signal } = abort;
    const id = `${this.calls.length}`;
    const command = createRequest(206, { extFields: { id } });
    const { remote } = this.#bench;
    const promise = kind === "oneway"
      ? remote.oneway(command, { signal })
      : remote.request(command, { signal, idempotent: kind === "read" });
    const end = promise.then((value) => ({ status: "fulfilled" as const, value }), (reason) => ({ status: "rejected" as const, reason }));
    this.calls.push({ id, kind, abort, end });
  }

  #happenTo(type: string, pick: number): void {
    if (type === "abort") return this.#pick(this.calls, pick)?.abort.abort(ABORTED);
    const connection = this.#pick(this.#bench.peer.open, pick);
    if (type === "end") connection?.end();
    else if (type === "reset") connection?.reset();
    else if (type === "garbage") connection?.send(rawFrame({ length: 1 }));
    else if (type === "stop") connection?.stopReading();
    else if (type === "go on") connection?.readOn();
    else this.#answerOne(type, pick);
  }

  #answerOne(type: string, pick: number): void {
    const open = this.#requests().filter(([request, connection]) => !connection.isClosed && !this.#answered.has(request));
    const [request, connection] = this.#pick(open, pick) ?? [];
    if (request === undefined || connection === undefined) return;
    if (type === "answer twice") this.#answer(request, connection);
    this.#answer(request, connection, { busy: 2, "go away": 1500 }[type] ?? 0);
  }

  #answer(request: RemotingCommand, connection: ScriptedConnection, code: number = 0): void {
    this.#answered.add(request);
    connection.answer(request, { code, body: new TextEncoder().encode(request.extFields["id"]) });
  }

  #requests(): readonly (readonly [RemotingCommand, ScriptedConnection])[] {
    return this.#bench.peer.connections.all.flatMap((there) => there.requests.all.map((request) => [request, there] as const));
  }

  #pick<T>(all: readonly T[], pick: number): T | undefined {
    return all[pick % all.length];
  }
}

const ABORTED = new Error("aborted");

test("Remote settles every call once, with its own answer or a reason, and leaves nothing, whatever happens", async () => {
  const ends = new Map<string, number>();
  const scenario = fc.array(happening, { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(scenario, fc.boolean(), async (happenings, closes) => {
      await using bench = new RemoteBench({ addresses: "a:1;b:1", options: OPTIONS });
      const turmoil = new Turmoil(bench);
      for (const what of happenings) await turmoil.happen(what);
      if (closes) await bench.remote.close();
      else turmoil.calmDown();
      for (const call of turmoil.calls) {
        const end = await check(call, turmoil);
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }
    }),
    { numRuns: 300 },
  );
  for (const end of ["fulfilled", "aborted", "closed", "failed"]) assert(ends.has(end), `${end}: ${JSON.stringify([...ends])}`);
});

async function check({ id, kind, end }: Called, turmoil: Turmoil): Promise<string> {
  const result = await within(STUCK_MS, end);
  assert(result !== undefined, `a ${kind} is stuck`);
  assert(turmoil.timesSeen(id) <= (kind === "read" ? 1 + RETRIES : 1), `a ${kind} was seen ${turmoil.timesSeen(id)} times`);
  if (result.status === "rejected") {
    if (result.reason === ABORTED) return "aborted";
    assert(result.reason instanceof NameServerError, String(result.reason));
    return result.reason instanceof NameServerClosedError ? "closed" : "failed";
  }
  if (kind !== "oneway") assertEquals(textOf(result.value as RemotingCommand), id);
  return "fulfilled";
}

/** What comes, or `undefined` if it has not come in time. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => timer = setTimeout(() => resolve(undefined), ms));
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
