import { parseAddresses } from "./address.ts";
import { type AddressSource, DEFAULT_INTERVAL_MS } from "./address_source.ts";
import { checkTimeout } from "./options.ts";
import { reasonOf } from "./reason_of.ts";
import { readText } from "./read_text.ts";

/** How an address server is asked. */
export interface AddressServerOptions {
  /** Asks for the servers of this unit. */
  readonly unitName?: string;
  /** Milliseconds from one answer to the next question. @default {120_000} */
  readonly intervalMs?: number;
}

// What Java's clients allow it: apache/rocketmq DefaultTopAddressing
const TIMEOUT_MS = 3000;
const MAX_BODY_BYTES = 65_536;

/**
 * RocketMQ's HTTP address server: `GET url` answers `host:port;host:port`, of which the first line counts. Each question gets 3 s.
 *
 * @param url `http:` or `https:`, without user info. Its query is kept.
 * @param options With `unitName`, `-unitName` is added to the path and `nofix=1` to the query, as Java's clients do.
 * @throws {TypeError} If the URL cannot be used. @throws {RangeError} If `intervalMs` is not above 0 and at most 2,147,483,647.
 * @example Servers that an address server names
 * ```ts
 * import { addressServer } from "@rmq/nameserver";
 * import { assertEquals } from "@std/assert";
 *
 * const source = addressServer("http://jmenv.example:8080/rocketmq/nsaddr", { unitName: "center" });
 * assertEquals(source.name, "http://jmenv.example:8080/rocketmq/nsaddr-center?nofix=1");
 * ```
 */
export function addressServer(url: string, options: AddressServerOptions = {}): AddressSource {
  const target = addressServerUrl(url, options.unitName);
  const intervalMs = checkTimeout("intervalMs", options.intervalMs ?? DEFAULT_INTERVAL_MS);
  return { name: target, intervalMs, resolve: async ({ signal }) => parseAddressBody(await get(target, signal)) };
}

/** What is asked for: `http://host/path-unit?nofix=1&query`. @throws {TypeError} If the URL cannot be used. */
export function addressServerUrl(url: string, unitName: string = ""): string {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (target === undefined) throw new TypeError(`Cannot use address server "${url}": it is no URL`);
  if (target.username !== "" || target.password !== "") throw new TypeError("Cannot use address server: its URL has user info in it");
  if (!/^https?:$/.test(target.protocol)) throw new TypeError(`Cannot use address server "${url}": it is no http or https URL`);
  target.hash = "";
  const unit = unitName.trim();
  if (unit === "") return target.href;
  target.pathname += `-${encodeURIComponent(unit)}`;
  target.search = `?nofix=1${target.search.replace(/^\?(?=.)/, "&")}`;
  return target.href;
}

/** The servers that an answer names. @throws {TypeError} If it is no list of them. */
export function parseAddressBody(body: string): readonly string[] {
  const [line = ""] = body.trim().split(/[\r\n]/, 1);
  return parseAddresses(line);
}

/** A NameServer that is asked over HTTP closes the connection. */
function explainEnd(error: unknown): never {
  const reason = reasonOf(error);
  if (!/closed|reset/i.test(reason)) throw error;
  throw new Error(`${reason}: is this a NameServer? Then give host:port, without http://`, { cause: error });
}

async function get(url: string, signal: AbortSignal): Promise<string> {
  const controller = new AbortController();
  const end = (): void => controller.abort(signal.reason);
  const timer = setTimeout(() => controller.abort(new Error(`no answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
  signal.addEventListener("abort", end);
  try {
    signal.throwIfAborted();
    const response = await fetch(url, { signal: controller.signal }).catch(explainEnd);
    const body = await readText(response, MAX_BODY_BYTES);
    if (response.status !== 200) throw new Error(`status ${response.status}`);
    return body;
  } catch (error) {
    // Bun's fetch rejects with an error of its own.
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}
