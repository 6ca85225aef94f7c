import { assertThrows } from "@std/assert";
import { AsyncNameServerClient, createRemote, type Remote } from "../../mod.ts";
import { createSyncRemote, SyncNameServerClient, type SyncRemote } from "../../src/sync.ts";
import { test } from "../harness.ts";

const ADDRESS = "127.0.0.1:9876";

test("SyncNameServerClient refuses a remote that promises, and names createSyncRemote()", async () => {
  await using remote = createRemote(ADDRESS);
  for (const wrong of [remote, undefined, {}, ADDRESS]) {
    const message = "Cannot make SyncNameServerClient on this remote: it has no requestEach(); use one of createSyncRemote()";
    assertThrows(() => new SyncNameServerClient(wrong as unknown as SyncRemote), TypeError, message);
  }
});

test("AsyncNameServerClient refuses a remote that blocks, and names createRemote()", () => {
  using remote = createSyncRemote(ADDRESS);
  for (const wrong of [remote, undefined, {}, ADDRESS]) {
    const message = "Cannot make AsyncNameServerClient on this remote: it has no events(); use one of createRemote()";
    assertThrows(() => new AsyncNameServerClient(wrong as unknown as Remote), TypeError, message);
  }
});
