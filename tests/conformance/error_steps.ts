import { NameServerError, NameServerPartialWriteError, NameServerResponseError } from "../../mod.ts";
import { master, topics } from "./brokers.ts";
import { type Step, stepByVersion } from "./step.ts";

/** What a client makes of refusals and silence. */
export const errorSteps: readonly Step[] = [
  stepByVersion(
    "A read that is refused rejects with the code and remark of the answer",
    (s) => s.withConfig({ enableTopicList: "false" }, () => thrownBy(() => s.client.listUnitTopics())),
    {
      "4.9.7": undefined,
      "5.x": { code: "NAMESRV_RESPONSE", operation: "listUnitTopics", retryable: false, responseCode: 1, remark: "disable" },
    },
  ),

  stepByVersion(
    "A read before the server is ready rejects as one that may be repeated",
    (s) =>
      s.withConfig({ needWaitForService: "true", waitSecondsForService: "3600" }, async () => {
        const { code, retryable } = (await thrownBy(() => s.client.queryTopicRouteInfo("none")))!;
        return { code, retryable };
      }),
    {
      "4.9.7": { code: "NAMESRV_TOPIC_NOT_FOUND", retryable: false },
      "5.x": { code: "NAMESRV_RESPONSE", retryable: true },
    },
  ),

  stepByVersion("A write that is refused rejects with an error for each server that refuses", async (s) => {
    const client = await s.connect();
    return await thrownBy(() => client.registerBroker(master("a", { topics: topics("a-1") })));
  }, {
    "4.9.7": undefined,
    "5.x": {
      code: "NAMESRV_PARTIAL_WRITE",
      operation: "registerBroker",
      retryable: false,
      accepted: [],
      errors: [
        { code: "NAMESRV_RESPONSE", operation: "registerBroker", retryable: false, responseCode: 1, remark: "register broker failed" },
      ],
    },
  }),

  stepByVersion("A request that 4.9.7 does not know times out there", async (s) => {
    const broker = { cluster: "c", brokerName: "a" };
    return await thrownBy(() => s.client.getBrokerMemberGroup(broker, { timeoutMs: s.version === "4.9.7" ? 200 : 5000 }));
  }, { "4.9.7": { code: "NAMESRV_TIMEOUT", operation: "getBrokerMemberGroup", retryable: true }, "5.x": undefined }),
];

/** What an error says to programs. */
interface Thrown {
  readonly code: string;
  readonly operation: string | undefined;
  readonly retryable: boolean;
  readonly responseCode?: number;
  readonly remark?: string;
  readonly accepted?: readonly string[];
  readonly errors?: readonly Thrown[];
}

async function thrownBy(act: () => Promise<unknown>): Promise<Thrown | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (error instanceof NameServerError) return thrown(error);
    throw error;
  }
}

function thrown(error: NameServerError): Thrown {
  const { code, operation, retryable } = error;
  return {
    code,
    operation,
    retryable,
    ...(error instanceof NameServerResponseError && { responseCode: error.responseCode, remark: error.remark }),
    ...(error instanceof NameServerPartialWriteError && { accepted: error.accepted, errors: error.errors.map(thrown) }),
  };
}
