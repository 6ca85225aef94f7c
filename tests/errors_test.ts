import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { assertEquals, assertStrictEquals } from "@std/assert";
import * as errors from "../src/errors.ts";
import { NameServerError, type NameServerErrorCode, withContext } from "../src/errors.ts";
import { test } from "./harness.ts";

/** One error of each class. */
function oneOfEach(from: typeof errors): Readonly<Record<string, errors.NameServerError>> {
  const connection = new from.NameServerConnectionError("Cannot dial", { code: "NAMESRV_CONNECT", address: "10.0.0.1:9876" });
  const response = { responseCode: 17, remark: "No topic route info" };
  return {
    NameServerError: new from.NameServerError("Cannot start", { code: "NAMESRV_SYNC_UNAVAILABLE" }),
    NameServerConnectionError: connection,
    NameServerTimeoutError: new from.NameServerTimeoutError("Cannot ask", { timeoutMs: 5000, cause: connection }),
    NameServerClosedError: new from.NameServerClosedError("Cannot ask"),
    NameServerProtocolError: new from.NameServerProtocolError("Cannot decode frame", { code: "NAMESRV_MALFORMED_FRAME" }),
    NameServerDataParseError: new from.NameServerDataParseError("Cannot parse JSON", { path: "/brokerDatas/0" }),
    NameServerResponseError: new from.NameServerResponseError("Cannot ask", response),
    TopicNotFoundError: new from.TopicNotFoundError("Cannot find route", { ...response, topic: "orders" }),
    NameServerUnavailableError: new from.NameServerUnavailableError("Cannot ask", { errors: [connection] }),
    NameServerPartialWriteError: new from.NameServerPartialWriteError("Cannot write", {
      accepted: ["10.0.0.2:9876"],
      errors: [connection],
    }),
  };
}

/** Classes that each is an instance of, beside its own and NameServerError. */
const PARENTS: Readonly<Record<string, readonly string[]>> = { TopicNotFoundError: ["NameServerResponseError"] };

/** The module again, from other files, as a program has it that depends on two versions of the package. */
async function secondCopy(): Promise<typeof errors> {
  const folder = await mkdtemp(join(tmpdir(), "errors-"));
  try {
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    for (const name of ["errors.ts", "errors"]) {
      await cp(new URL(`../src/${name}`, import.meta.url), join(folder, name), { recursive: true });
    }
    const copy = await import(pathToFileURL(join(folder, "errors.ts")).href) as typeof errors;
    assertStrictEquals(copy.NameServerError === NameServerError, false);
    return copy;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("instanceof tells the error classes of one copy apart", () => checkInstances(errors, errors));

test("instanceof tells the error classes apart across two copies of the package", async () => {
  const copy = await secondCopy();
  checkInstances(errors, copy);
  checkInstances(copy, errors);
});

function checkInstances(made: typeof errors, asked: typeof errors): void {
  const classes = asked as unknown as Readonly<Record<string, new () => unknown>>;
  for (const [kind, error] of Object.entries(oneOfEach(made))) {
    const expected = new Set([kind, "NameServerError", ...PARENTS[kind] ?? []]);
    for (const name of Object.keys(oneOfEach(asked))) {
      assertStrictEquals(error instanceof classes[name]!, expected.has(name), `${kind} instanceof ${name}`);
    }
    assertEquals([error instanceof Error, error.name], [true, kind]);
  }
}

test("instanceof is false for all that is no error of this package", () => {
  const lookalike = { name: "NameServerError", code: "NAMESRV_CONNECT", message: "Cannot dial" };
  for (const value of [undefined, null, 1, "NameServerError", Symbol(), {}, Object.create(null), new Error("x"), lookalike, () => 1]) {
    assertStrictEquals(value instanceof NameServerError, false);
    assertStrictEquals((value as unknown) instanceof errors.TopicNotFoundError, false);
  }
});

test("instanceof holds for classes that a user derives, and for their siblings does not", () => {
  class MyError extends errors.NameServerConnectionError {}
  class MyOther extends errors.NameServerConnectionError {}
  class MyDerived extends MyError {}
  const mine = new MyDerived("Cannot dial", { code: "NAMESRV_CONNECT" });
  const base = new errors.NameServerConnectionError("Cannot dial", { code: "NAMESRV_CONNECT" });
  const classes = [MyDerived, MyError, errors.NameServerConnectionError, NameServerError, Error, MyOther, errors.NameServerTimeoutError];
  assertEquals(classes.map((one) => mine instanceof one), [true, true, true, true, true, false, false]);
  assertEquals([base instanceof MyError, base instanceof MyDerived], [false, false]);
});

test("NameServerError.retryable follows the code, unless it is given", () => {
  const retryable: readonly NameServerErrorCode[] = [
    "NAMESRV_CONNECT",
    "NAMESRV_CONNECT_TIMEOUT",
    "NAMESRV_CONNECTION_LOST",
    "NAMESRV_TIMEOUT",
    "NAMESRV_UNAVAILABLE",
    "NAMESRV_SYSTEM_BUSY",
    "NAMESRV_WORKER_DIED",
  ];
  for (const code of retryable) assertStrictEquals(new NameServerError("x", { code }).retryable, true, code);
  for (const code of ["NAMESRV_TLS", "NAMESRV_CLOSED", "NAMESRV_MALFORMED_BODY", "NAMESRV_TOPIC_NOT_FOUND", "NAMESRV_RESPONSE"] as const) {
    assertStrictEquals(new NameServerError("x", { code }).retryable, false, code);
  }
  assertStrictEquals(new NameServerError("x", { code: "NAMESRV_RESPONSE", retryable: true }).retryable, true);
});

test("NameServerError has no key for what is absent", () => {
  const error = new NameServerError("x", { code: "NAMESRV_CONNECT", address: undefined, cause: undefined });
  assertEquals(Object.keys(error), ["code", "retryable"]);
  assertStrictEquals("cause" in error, false);
});

test("each class sets its own code", () => {
  const codes = Object.fromEntries(Object.entries(oneOfEach(errors)).map(([kind, error]) => [kind, error.code]));
  assertEquals(codes, {
    NameServerError: "NAMESRV_SYNC_UNAVAILABLE",
    NameServerConnectionError: "NAMESRV_CONNECT",
    NameServerTimeoutError: "NAMESRV_TIMEOUT",
    NameServerClosedError: "NAMESRV_CLOSED",
    NameServerProtocolError: "NAMESRV_MALFORMED_FRAME",
    NameServerDataParseError: "NAMESRV_MALFORMED_BODY",
    NameServerResponseError: "NAMESRV_RESPONSE",
    TopicNotFoundError: "NAMESRV_TOPIC_NOT_FOUND",
    NameServerUnavailableError: "NAMESRV_UNAVAILABLE",
    NameServerPartialWriteError: "NAMESRV_PARTIAL_WRITE",
  });
});

test("NameServerError.toJSON() keeps name, message, code, address, operation and cause", () => {
  const cause = Object.assign(new TypeError("connection refused", { cause: 1 }), { code: "ECONNREFUSED" });
  const dial = new errors.NameServerConnectionError("Cannot dial", { code: "NAMESRV_CONNECT", address: "10.0.0.1:9876", cause });
  const timeout = new errors.NameServerTimeoutError("Cannot ask", { timeoutMs: 50, operation: "listTopics", cause: dial });
  assertEquals(JSON.parse(JSON.stringify(timeout)), {
    name: "NameServerTimeoutError",
    message: "Cannot ask",
    code: "NAMESRV_TIMEOUT",
    retryable: true,
    operation: "listTopics",
    timeoutMs: 50,
    cause: {
      name: "NameServerConnectionError",
      message: "Cannot dial",
      code: "NAMESRV_CONNECT",
      retryable: true,
      address: "10.0.0.1:9876",
      cause: { name: "TypeError", message: "connection refused", code: "ECONNREFUSED" },
    },
  });
});

test("NameServerError.toJSON() keeps the fields of each class, and errors within errors", () => {
  const json = Object.fromEntries(Object.entries(oneOfEach(errors)).map(([kind, error]) => [kind, JSON.parse(JSON.stringify(error))]));
  const dial = {
    name: "NameServerConnectionError",
    message: "Cannot dial",
    code: "NAMESRV_CONNECT",
    retryable: true,
    address: "10.0.0.1:9876",
  };
  assertEquals(json["NameServerTimeoutError"].cause, dial);
  assertEquals(json["NameServerUnavailableError"].errors, [dial]);
  assertEquals([json["NameServerPartialWriteError"].accepted, json["NameServerPartialWriteError"].errors], [["10.0.0.2:9876"], [dial]]);
  assertEquals(json["NameServerDataParseError"].path, "/brokerDatas/0");
  const { responseCode, remark, topic } = json["TopicNotFoundError"];
  assertEquals([responseCode, remark, topic], [17, "No topic route info", "orders"]);
});

test("NameServerError.toJSON() puts up with any cause", () => {
  const causes: readonly (readonly [unknown, unknown])[] = [
    ["refused", "refused"],
    [0, "0"],
    [null, "null"],
    [10n, "10"],
    [Symbol("s"), "Symbol(s)"],
    [Object.create(null), "[object Object]"],
    [new AggregateError([new Error("a")], "several"), { name: "AggregateError", message: "several" }],
  ];
  for (const [cause, expected] of causes) {
    assertEquals(JSON.parse(JSON.stringify(new NameServerError("x", { code: "NAMESRV_CONNECT", cause }))).cause, expected);
  }
});

test("withContext() names the server and the operation where they are not known yet", () => {
  const error = new NameServerError("x", { code: "NAMESRV_CONNECT", address: "a:1" });
  assertStrictEquals(withContext(error, { address: "b:2", operation: "listTopics" }), error);
  assertEquals([error.address, error.operation], ["a:1", "listTopics"]);
  assertEquals(Object.keys(withContext(new NameServerError("x", { code: "NAMESRV_CONNECT" }), {})), ["code", "retryable"]);
});

test("forOperation() gives another error of the same class, for another operation", () => {
  const error = oneOfEach(errors)["TopicNotFoundError"] as errors.TopicNotFoundError;
  const other = errors.forOperation(error, "listTopics") as errors.TopicNotFoundError;
  assertEquals([other.operation, other.topic, other.remark, other.code, other.name], [
    "listTopics",
    "orders",
    "No topic route info",
    "NAMESRV_TOPIC_NOT_FOUND",
    "TopicNotFoundError",
  ]);
  assertEquals([error.operation, other instanceof errors.TopicNotFoundError, errors.forOperation(error, undefined) === error], [
    undefined,
    true,
    true,
  ]);
});
