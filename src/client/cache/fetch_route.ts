import { NameServerClosedError, NameServerDataParseError, TopicNotFoundError } from "../../errors.ts";
import { ResponseCode } from "../../protocol/codes.ts";
import type { RemotingCommand } from "../../protocol/command.ts";
import { queryTopicRouteInfo } from "../../request/route.ts";
import { expectSuccess } from "../../request/response_error.ts";
import { malformedAnswer } from "../../request/malformed_answer.ts";
import { type CacheWarning, deniedAlone, deniedByOne } from "./cache_warning.ts";
import type { CacheTime, KeptRoute } from "./kept_route.ts";
import type { RouteEntries } from "./route_entries.ts";

/** A step: GET_ROUTEINFO_BY_TOPIC (105) is to be sent to this server, or to whichever is best. */
export interface Ask {
  readonly address?: string;
}

/** What came of a step. */
export type Told = { readonly response: RemotingCommand } | { readonly error: unknown };

/** What came of fetching. */
export interface Fetched {
  /** The route now kept. */
  readonly kept: KeptRoute;
  /** Whether it was just said. Else no server could say anything, and it is an old one. */
  readonly confirmed: boolean;
}

/** What fetching needs of whoever performs its steps. */
export interface FetchContext {
  readonly entries: RouteEntries;
  /** The servers, in their normal form. */
  addresses(): readonly string[];
  time(): CacheTime;
  report(warning: CacheWarning): void;
}

/**
 * With nobody else to ask, a server that denies a topic of which there is a route is believed after so long: one that was restarted has
 * forgotten everything, and brokers come back every 30 s.
 */
const SUSPICION_MS = 60_000;

/**
 * Gets a topic's route from a server into the cache. It decides, and yields what is to be asked; whoever runs it performs the steps.
 *
 * @throws {TopicNotFoundError} If there is no such topic: a server says so, and where there is a route, a second one too.
 * @throws {NameServerError} If no server could say anything, and nothing is kept.
 */
export function* fetchRoute(topic: string, context: FetchContext): Generator<Ask, Fetched, Told> {
  const { entries, time } = context;
  const kept = entries.fallback(topic, time().now);
  const told = yield {};
  try {
    return { kept: accept(topic, told, context), confirmed: true };
  } catch (error) {
    if (kept === undefined || kept.removed || error instanceof NameServerClosedError) throw denied(topic, error, context);
    if (error instanceof TopicNotFoundError) return yield* askAnother(kept, error, context);
    entries.failed(kept, time().now);
    return { kept, confirmed: false };
  }
}

/** The same error; "no such topic" is remembered. */
function denied(topic: string, error: unknown, { entries, time }: FetchContext): unknown {
  if (error instanceof TopicNotFoundError) entries.deny(topic, error, time().now);
  return error;
}

function* askAnother(kept: KeptRoute, denial: TopicNotFoundError, context: FetchContext): Generator<Ask, Fetched, Told> {
  const { topic } = kept, { address: denier = "" } = denial;
  for (const address of others(kept, denier, context)) {
    const told = yield { address };
    try {
      const known = accept(topic, told, context);
      context.report(deniedByOne(topic, denier, address));
      return { kept: known, confirmed: true };
    } catch (error) {
      if (error instanceof TopicNotFoundError || error instanceof NameServerClosedError) throw denied(topic, error, context);
    }
  }
  return doubt(kept, denial, context);
}

/** Other servers, first the one that the route is from. */
function others({ server }: KeptRoute, denier: string, { addresses }: FetchContext): readonly string[] {
  const rest = addresses().filter((address) => address !== denier);
  return rest.sort((a, b) => Number(b === server) - Number(a === server));
}

/** One server's word against an old route. */
function doubt(kept: KeptRoute, denial: TopicNotFoundError, context: FetchContext): Fetched {
  const { now } = context.time();
  if (kept.deniedAt === undefined) context.report(deniedAlone(kept.topic, denial.address ?? ""));
  kept.deniedAt ??= now;
  if (now - kept.deniedAt >= SUSPICION_MS) throw denied(kept.topic, denial, context);
  context.entries.failed(kept, now);
  return { kept, confirmed: false };
}

function accept(topic: string, told: Told, { entries, time }: FetchContext): KeptRoute {
  if ("error" in told) throw told.error;
  const { response } = told, { address: server = "" } = response;
  if (response.code === ResponseCode.TOPIC_NOT_EXIST) queryTopicRouteInfo.decode(response, topic); // throws
  const { body } = expectSuccess(response, queryTopicRouteInfo.operation);
  try {
    return entries.accept(topic, { body, server }, time());
  } catch (error) {
    throw error instanceof NameServerDataParseError ? malformedAnswer(error, server, queryTopicRouteInfo.operation) : error;
  }
}
