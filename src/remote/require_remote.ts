import { checkOptions } from "./check_kind.ts";

/** What a client asks of its remote that one of the other kind does not have, and who makes such a remote. */
const KINDS = {
  async: { client: "AsyncNameServerClient", method: "events", maker: "createRemote" },
  sync: { client: "SyncNameServerClient", method: "requestEach", maker: "createSyncRemote" },
} as const;

/**
 * Makes sure that a remote is of the kind its client needs, and its options are options, for callers whose types nobody checks.
 *
 * @throws {TypeError} If one is not.
 */
export function requireRemote(kind: keyof typeof KINDS, remote: unknown, options: object): void {
  checkOptions(options);
  const { client, method, maker } = KINDS[kind];
  if (typeof (remote as Readonly<Record<string, unknown>> | null | undefined)?.[method] === "function") return;
  throw new TypeError(`Cannot make ${client} on this remote: it has no ${method}(); use one of ${maker}()`);
}
