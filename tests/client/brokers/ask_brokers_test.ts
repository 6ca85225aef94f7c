import { assertEquals } from "@std/assert";
import { askBrokers } from "../../../src/client/brokers/ask_brokers.ts";
import type { BrokerMember } from "../../../src/client/brokers/broker_member.ts";
import { NameServerTimeoutError } from "../../../src/errors.ts";
import { createRequest, createResponse, type RemotingCommand } from "../../../src/protocol/command.ts";
import { encodeUtf8 } from "../../../src/protocol/utf8.ts";
import type { Remote, RequestOptions } from "../../../src/remote/remote.ts";
import { test } from "../../harness.ts";

/** A remote whose calls are answered, or time out, when the test says so. */
class HeldRemote {
  readonly calls: { readonly options: RequestOptions; settle(): void }[] = [];
  /** The time of the test. */
  now = 0;

  request(_command: RemotingCommand, options: RequestOptions = {}): Promise<RemotingCommand> {
    return new Promise((resolve, reject) => {
      const isSilent = options.address?.startsWith("silent");
      const error = new NameServerTimeoutError("too late", { timeoutMs: options.timeoutMs! });
      const settle = (): void => isSilent ? reject(error) : resolve(createResponse(createRequest(28), { body: encodeUtf8("{}") }));
      this.calls.push({ options, settle });
    });
  }

  ask(members: readonly BrokerMember[], timeoutMs: number): ReturnType<typeof askBrokers> {
    return askBrokers(this as unknown as Remote, members, { timeoutMs, now: () => this.now });
  }
}

function membersAt(...addresses: readonly string[]): readonly BrokerMember[] {
  return addresses.map((address, i) => ({ cluster: "c", brokerName: "a", brokerId: `${i}`, address, role: "slave" }));
}

/** Lets everything happen that waits for nothing else. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

test("askBrokers() asks 64 at a time, and gives each round its share of the time left", async () => {
  const remote = new HeldRemote();
  const addresses = Array.from({ length: 130 }, (_, i) => `${i < 64 ? "silent" : "there"}:${i + 1}`);
  const asking = remote.ask(membersAt(...addresses), 3000);
  await settled();
  assertEquals(remote.calls.map(({ options }) => options.timeoutMs), [1000, 1000, ...Array.from({ length: 62 }, () => 1500)]); // two, or one more to come
  remote.now = 1000;
  for (const call of remote.calls.slice(0, 64)) call.settle();
  await settled();
  assertEquals(remote.calls.slice(64).map(({ options }) => options.timeoutMs), [1000, 1000, ...Array.from({ length: 62 }, () => 2000)]);
  for (const call of remote.calls.slice(64, 128)) call.settle();
  await settled();
  for (const call of remote.calls.slice(128)) call.settle();
  const statuses = await asking;
  assertEquals(statuses.map(({ address }) => address), addresses);
  assertEquals(statuses.filter(({ alive }) => !alive).length, 64);
});

test("askBrokers() measures round trips on the clock that it is given", async () => {
  const remote = new HeldRemote();
  const asking = remote.ask(membersAt("there:1"), 3000);
  await settled();
  remote.now = 7;
  remote.calls[0]!.settle();
  assertEquals((await asking).map(({ roundTripMs }) => roundTripMs), [7]);
});

test("askBrokers() gives a broker a moment even where no time is left", async () => {
  const remote = new HeldRemote();
  const asking = remote.ask(membersAt("silent:1"), -5);
  await settled();
  assertEquals(remote.calls[0]!.options.timeoutMs, 1);
  remote.calls[0]!.settle();
  assertEquals((await asking)[0]!.error?.message, "too late");
});
