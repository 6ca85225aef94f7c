import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { AsyncNameServerClient } from "../../mod.ts";
import { NameServerClosedError, NameServerTimeoutError } from "../../src/errors.ts";
import type { RemotingCommand } from "../../src/protocol/command.ts";
import { createRemote } from "../../src/remote/create_remote.ts";
import type { RemoteOptions } from "../../src/remote/options.ts";
import { test } from "../harness.ts";
import { RemoteBench } from "./remote_bench.ts";
import { ScriptedPeer, succeed } from "./scripted_peer.ts";

/** A signer that never comes to an end. */
const hangs = (): Promise<RemotingCommand> => new Promise(() => {});

test("a signRequest that hangs ends with the call's deadline, and nobody is dialled", async () => {
  await using bench = new RemoteBench({ options: { signRequest: hangs } });
  const error = await assertRejects(() => bench.read({ timeoutMs: 30 }), NameServerTimeoutError, "signRequest has not given the request");
  assertEquals([error.timeoutMs, error.operation, bench.peer.dials], [30, "listTopics", []]);
});

test("a signRequest that is slower than the deadline ends the call, whatever it gives later", async () => {
  let sign = (): void => {};
  const signRequest = (command: RemotingCommand) => new Promise<RemotingCommand>((resolve) => sign = () => resolve(command));
  await using bench = new RemoteBench({ serve: succeed, options: { signRequest } });
  await assertRejects(() => bench.read({ timeoutMs: 30 }), NameServerTimeoutError);
  sign();
  await bench.remote.close();
  assertEquals(bench.peer.dials, []);
});

test("a signal and close() end a call whose signRequest hangs, at once", async () => {
  await using bench = new RemoteBench({ options: { signRequest: hangs } });
  const abort = new AbortController();
  const reason = new Error("not needed");
  const aborted = assertRejects(() => bench.read({ signal: abort.signal }), Error, "not needed");
  const closed = assertRejects(() => bench.read(), NameServerClosedError);
  abort.abort(reason);
  await aborted;
  await bench.remote.close();
  await closed;
});

test("signRequest is not called for a timeout out of range, a signal that fired, or a closed remote", async () => {
  let calls = 0;
  const signRequest = (command: RemotingCommand): RemotingCommand => {
    calls++;
    return command;
  };
  await using bench = new RemoteBench({ options: { signRequest } });
  await assertRejects(async () => await bench.remote.request({} as RemotingCommand, { timeoutMs: -1 }), RangeError);
  await assertRejects(() => bench.read({ signal: AbortSignal.abort() }));
  await bench.remote.close();
  await assertRejects(() => bench.read(), NameServerClosedError);
  assertEquals(calls, 0);
});

test("credentials and a zone that no server takes are refused when the remote is made", () => {
  const refused: readonly (readonly [RemoteOptions, string])[] = [
    [{ credentials: { accessKey: "", secretKey: "s" } }, "credentials.accessKey"],
    [{ credentials: { accessKey: "a", secretKey: 7 as never } }, "credentials.secretKey"],
    [{ credentials: { accessKey: "a", secretKey: "s", securityToken: "" } }, "credentials.securityToken"],
    [{ zone: " " }, "zone must be a string that is not blank"],
  ];
  for (const [options, words] of refused) assertThrows(() => createRemote("a:1", options), TypeError, words);
});

test("a write that is misuse asks no address source", async () => {
  const peer = new ScriptedPeer();
  let asked = 0;
  const source = { name: "registry", resolve: () => Promise.resolve([`a:${++asked}`]) };
  await using client = new AsyncNameServerClient(createRemote(source, { adapter: peer }));
  await assertRejects(() => client.putKvConfig({ namespace: "", key: "k", value: "v" }), TypeError, "namespace");
  assertEquals([asked, peer.dials], [0, []]);
});
