import type { BrokerRegistration } from "../model/broker_registration.ts";
import type { TopicRouteData } from "../model/topic_route.ts";
import { ResponseCode } from "../protocol/codes.ts";
import type { Serialization } from "../protocol/encode_command.ts";
import type { Answer } from "./answer.ts";
import type { EmbeddedOptions } from "./embedded_options.ts";
import { type Emulation, EMULATIONS } from "./emulation.ts";
import { handlerOf } from "./handlers/mod.ts";
import { JavaFailure } from "./java_failure.ts";
import { KvStore } from "./kv_store.ts";
import { routeFromModel } from "./picked_route.ts";
import { readRequest } from "./read_request.ts";
import { registerBroker } from "./register_broker.ts";
import { fromModel } from "./registration.ts";
import { RouteTables } from "./route_tables.ts";
import { ServerConfig } from "./server_config.ts";
import type { ServerRequest } from "./server_request.ts";
import type { ServerState } from "./server_state.ts";
import { connectionClosed, expireBrokers } from "./unregister_broker.ts";
import { writeAnswer } from "./write_answer.ts";

/** How often 4.9 looks for brokers that were silent too long; 5.x has a setting. */
const SCAN_INTERVAL_4_MS = 10_000;

/** A NameServer without its sockets: frames in, frames out. */
export class NameServerCore {
  readonly #state: ServerState;
  readonly #serialization: Serialization;
  readonly #clusterTest: boolean;
  #lastScanMs: number;
  /** Java counts the commands it makes, requests and answers alike: what stands for an opaque that is missing. */
  #commands: number;

  /** @throws {TypeError} If the release to emulate is unknown. */
  constructor({ emulate = "5.3.3", config: settings = {}, serialization = "json", now = monotonicNow }: EmbeddedOptions) {
    const emulation = findEmulation(emulate);
    const config = new ServerConfig(settings, emulation);
    this.#serialization = serialization;
    this.#commands = emulation.json === "fastjson2" ? 1 : 0; // it makes one by itself, to see what its fields are
    this.#clusterTest = config.flag("clusterTest");
    this.#lastScanMs = now();
    const tables = new RouteTables(emulation.isV5);
    this.#state = { emulation, config, kv: new KvStore(), tables, now, startedMs: this.#lastScanMs };
  }

  /** The server's clock. */
  get now(): () => number {
    return this.#state.now;
  }

  /** The release that is shown. */
  get emulation(): Emulation {
    return this.#state.emulation;
  }

  /** Reads a frame without its length word, and keeps nothing of it. @throws {Error} Where the real server closes the connection. */
  read(frame: Uint8Array, connection: object): ServerRequest {
    const ownOpaque = this.#commands;
    if (frame[0]! <= 1) this.#commands++; // also where the header then turns out to be broken
    return { ...readRequest(frame, this.#state.emulation, ownOpaque), connection };
  }

  /** Lets a request take effect; gives the answer as a frame, `undefined` where the real server is silent. */
  handle(request: ServerRequest): Uint8Array | undefined {
    const { emulation } = this.#state;
    const { opaque } = request.command;
    try {
      const answer = this.#answer(request);
      // 4.9 answers as it is asked, but for exceptions; 5.x as it is configured.
      const serialization = emulation.isV5 ? this.#serialization : request.serialization;
      return answer && writeAnswer(answer, opaque, serialization, emulation);
    } catch (error) {
      this.#commands++;
      const remark = error instanceof JavaFailure ? error.message : String(error);
      return writeAnswer({ code: ResponseCode.SYSTEM_ERROR, remark }, opaque, this.#serialization, emulation);
    }
  }

  /** Takes in a broker that has no connection. */
  registerBroker(registration: BrokerRegistration): void {
    registerBroker(this.#state, fromModel(registration));
  }

  /** Gives a topic a route of its own. */
  setTopicRoute(topic: string, route: TopicRouteData): void {
    this.#state.tables.fixedRoutes.set(topic, routeFromModel(route));
  }

  /** A connection ended: the broker that registered on it leaves. */
  connectionClosed(connection: object): void {
    connectionClosed(this.#state, connection);
  }

  /** Takes out brokers that expired, if it is time to look; gives the connections that end with them. */
  expireBrokers(): readonly object[] {
    const { emulation, config, now } = this.#state;
    const intervalMs = emulation.isV5 ? config.number("scanNotActiveBrokerInterval") : SCAN_INTERVAL_4_MS;
    if (now() - this.#lastScanMs < intervalMs) return [];
    this.#lastScanMs = now();
    return expireBrokers(this.#state);
  }

  /** Whether a connection that was last used then is to be closed. */
  isIdle(lastUseMs: number): boolean {
    const { config, now } = this.#state;
    const limitMs = config.number("serverChannelMaxIdleTimeSeconds") * 1000;
    return limitMs > 0 && now() - lastUseMs >= limitMs;
  }

  #answer(request: ServerRequest): Answer | undefined {
    const { emulation } = this.#state;
    const { code } = request.command;
    const handler = handlerOf(code, emulation.isV5, this.#clusterTest);
    // An answer is made before it is known what will be in it; 4.9 makes none for what it does not know.
    if (handler !== undefined || emulation.isV5) this.#commands++;
    if (handler !== undefined) return handler(this.#state, request);
    return emulation.isV5 ? { code: ResponseCode.REQUEST_CODE_NOT_SUPPORTED, remark: ` request type ${code} not supported` } : undefined;
  }
}

function findEmulation(version: string): Emulation {
  const emulation = new Map(Object.entries(EMULATIONS)).get(version);
  if (emulation !== undefined) return emulation;
  throw new TypeError(`Cannot emulate "${version}": known are ${Object.keys(EMULATIONS).map((known) => `"${known}"`).join(", ")}`);
}

/** Milliseconds since the epoch that no change of the system's clock touches. */
function monotonicNow(): number {
  return performance.timeOrigin + performance.now();
}
