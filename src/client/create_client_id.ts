import { requireClientId } from "../model/client_names.ts";
import { localAddress } from "./local_address.ts";

/** Parts of a client's id. */
export interface ClientIdParts {
  /** Host of the client. @default {its first IPv4 address that other hosts may reach, else IPv6 in brackets, else "127.0.0.1"} */
  readonly ip?: string;
  /** Tells clients of one host apart. @default {process id and 64 random bits, `4711#9f86d081884c7d65`} */
  readonly instance?: string;
  /** Name of the unit. @default {none} */
  readonly unit?: string;
}

/**
 * Makes an id of a client in the form of Java's, `ip@instance[@unit]`, another one at each call unless `instance` is given.
 *
 * The address is only what operators read: brokers never dial it. It is looked up where the runtime tells without asking anybody: Node, Bun,
 * and Deno where `--allow-sys=networkInterfaces` was granted. Elsewhere it is `127.0.0.1`, and `instance` alone makes the id unique.
 *
 * @throws {TypeError | RangeError} If a part is empty or contains `@`, or all of it is no id of a client.
 * @example An id of one's own, and one like Java's
 * ```ts
 * import { createClientId } from "@rmq/nameserver";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(createClientId({ ip: "10.0.0.7", instance: "billing", unit: "eu" }), "10.0.0.7@billing@eu");
 * assertEquals(/^[^@]+@\d+#[0-9a-f]{16}$/.test(createClientId()), true);
 * ```
 */
export function createClientId({ ip, instance, unit }: ClientIdParts = {}): string {
  const parts = [
    requirePart("ip", ip ?? localAddress() ?? "127.0.0.1"),
    requirePart("instance", instance ?? `${processId()}#${randomHex()}`),
    ...(unit === undefined ? [] : [requirePart("unit", unit)]),
  ];
  return requireClientId(parts.join("@"));
}

function requirePart(what: string, part: string): string {
  if (typeof part === "string" && part !== "" && !part.includes("@")) return part;
  throw new TypeError(`Cannot make a client id: ${what} must be text that is not empty and has no "@", not ${JSON.stringify(part)}`);
}

interface Processes {
  readonly Deno?: { readonly pid: number };
  readonly process?: { readonly pid?: number };
}

/** 0 where there are no processes. */
function processId(): number {
  const { Deno, process } = globalThis as unknown as Processes;
  return Deno?.pid ?? process?.pid ?? 0;
}

function randomHex(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
