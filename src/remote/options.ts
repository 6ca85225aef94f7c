import type { Serialization } from "../protocol/encode_command.ts";
import type { RemotingCommand } from "../protocol/command.ts";
import type { Credentials } from "../protocol/signature.ts";
import type { SocketAdapter, TlsOptions } from "../socket/socket.ts";
import { checkFunction, checkNumber, checkOptions } from "./check_kind.ts";

/** How servers are dialled and asked. */
export interface RemoteOptions {
  /** Opens sockets. @default {that of the runtime: Deno, Bun or Node} */
  readonly adapter?: SocketAdapter;
  /** One socket's dial, in milliseconds. @default {3000} */
  readonly connectTimeoutMs?: number;
  /** Default of `CallOptions.timeoutMs`. @default {5000} */
  readonly timeoutMs?: number;
  /**
   * Further attempts of an idempotent request that was sent, each at the next server; dials that fail do not count while an untried server
   * is left. @default {2}
   */
  readonly retries?: number;
  /**
   * Milliseconds to keep away from a server after its n-th failure in a row, n from 1; from a broker that hears of registrations, too, but no
   * longer than until its next heartbeat is due. @default {full jitter, 100…3000 ms}
   */
  readonly backoff?: (attempt: number) => number;
  /** Largest frame sent or accepted, its length word included. @default {16_777_216} */
  readonly maxFrameBytes?: number;
  /** Calls in flight on one connection; past it a call waits, within its deadline. @default {16_384} */
  readonly maxInFlight?: number;
  /** Header encoding of requests; answers are read in either. @default {"json"} */
  readonly serialization?: Serialization;
  /** Verified TLS. Left out: plain TCP. Never downgraded. */
  readonly tls?: TlsOptions | true;
  /** Access key and secret of RocketMQ's access control: each request is signed with HMAC-SHA1. */
  readonly credentials?: Credentials;
  /** Only brokers of this zone: routes leave others out (5.x). */
  readonly zone?: string;
  /** Last touch on each request before it is encoded (extra fields, another signature). */
  readonly signRequest?: (command: RemotingCommand) => RemotingCommand | Promise<RemotingCommand>;
}

/** What {@link RemoteOptions} are where they are left out. */
export const REMOTE_DEFAULTS = {
  connectTimeoutMs: 3000,
  timeoutMs: 5000,
  retries: 2,
  maxFrameBytes: 16_777_216,
  maxInFlight: 16_384,
  serialization: "json",
} as const;

const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 3000;

/** Full jitter: anything up to a bound that doubles from 100 to 3000 ms, so that clients which failed together don't come back together. */
export function fullJitter(attempt: number, random: () => number = Math.random): number {
  return random() * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1));
}

/** The options with their defaults. @throws {RangeError} If a number is out of its range. @throws {TypeError} If one is of the wrong kind. */
export function completeOptions(
  options: RemoteOptions,
): Required<Omit<RemoteOptions, "adapter" | "tls" | "signRequest" | "credentials" | "zone">> {
  checkOptions(options);
  return {
    connectTimeoutMs: checkTimeout("connectTimeoutMs", options.connectTimeoutMs ?? REMOTE_DEFAULTS.connectTimeoutMs),
    timeoutMs: checkTimeout("timeoutMs", options.timeoutMs ?? REMOTE_DEFAULTS.timeoutMs),
    retries: checkInteger("retries", options.retries ?? REMOTE_DEFAULTS.retries, 0),
    backoff: checkFunction("backoff", options.backoff) ?? fullJitter,
    maxFrameBytes: checkInteger("maxFrameBytes", options.maxFrameBytes ?? REMOTE_DEFAULTS.maxFrameBytes, 8),
    maxInFlight: checkInteger("maxInFlight", options.maxInFlight ?? REMOTE_DEFAULTS.maxInFlight, 1),
    serialization: checkSerialization(options.serialization ?? REMOTE_DEFAULTS.serialization),
  };
}

const MAX_INT = 0x7fffffff; // what timers and lengths can hold

/** A timeout in its range. @throws {TypeError} If it is no number. @throws {RangeError} If it is not above 0 and at most 2,147,483,647. */
export function checkTimeout(name: string, value: number): number {
  if (!(checkNumber(name, value) > 0 && value <= MAX_INT)) {
    throw new RangeError(`Cannot use ${name} ${value}: it must be above 0 and at most ${MAX_INT} ms`);
  }
  return value;
}

function checkSerialization(value: Serialization): Serialization {
  if (value === "json" || value === "rocketmq") return value;
  throw new TypeError(`Cannot use serialization ${JSON.stringify(value)}: it must be "json" or "rocketmq"`);
}

/** An integer in its range. @throws {TypeError} If it is no number. @throws {RangeError} If it is not from `least` to 2,147,483,647. */
export function checkInteger(name: string, value: number, least: number): number {
  if (!Number.isInteger(checkNumber(name, value)) || value < least || value > MAX_INT) {
    throw new RangeError(`Cannot use ${name} ${value}: it must be an integer from ${least} to ${MAX_INT}`);
  }
  return value;
}
