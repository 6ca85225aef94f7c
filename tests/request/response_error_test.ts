import { assertEquals, assertThrows } from "@std/assert";
import { NameServerResponseError } from "../../src/errors.ts";
import { expectSuccess, responseError } from "../../src/request/response_error.ts";
import { test } from "../harness.ts";
import { answer } from "./answer.ts";

test("expectSuccess() gives a success back, whatever its remark", () => {
  const success = answer({ remark: "not set any response code" });
  assertEquals(expectSuccess(success, "getBrokerMemberGroup"), success);
});

test("expectSuccess() tells failures apart by their code and says which can be repeated", () => {
  const cases = [
    [1, "disable", "NAMESRV_RESPONSE", false],
    [1, "name server not ready", "NAMESRV_RESPONSE", true],
    [2, "[OVERLOAD]system busy, start flow control for a while", "NAMESRV_SYSTEM_BUSY", true],
    [3, " request type 901 not supported", "NAMESRV_UNSUPPORTED_REQUEST", false],
    [16, "Can not update config in black list.", "NAMESRV_RESPONSE", false],
    [17, "No topic route info", "NAMESRV_RESPONSE", false],
    [1500, "please go away", "NAMESRV_RESPONSE", true],
    [4242, "", "NAMESRV_RESPONSE", false],
  ] as const;
  for (const [responseCode, remark, code, retryable] of cases) {
    const error = assertThrows(() => expectSuccess(answer({ code: responseCode, remark }), "listTopics"), NameServerResponseError);
    assertEquals([error.responseCode, error.remark, error.code, error.retryable], [responseCode, remark, code, retryable]);
    assertEquals([error.address, error.operation], ["10.0.0.1:9876", "listTopics"]);
  }
});

test("responseError() says what failed, where, and the first of the server's words", () => {
  const remark = "java.lang.NullPointerException: x\n\tat y";
  assertEquals(
    responseError(answer({ code: 1, remark }), "putKvConfig").message,
    'Cannot put kv config at "10.0.0.1:9876": answer 1 (SYSTEM_ERROR), java.lang.NullPointerException: x',
  );
  assertEquals(responseError(answer({ code: 4242 }), "putKvConfig").message, 'Cannot put kv config at "10.0.0.1:9876": answer 4242');
});

test("responseError() puts advice last", () => {
  assertEquals(
    responseError(answer({ code: 1, remark: "no" }), "putKvConfig", "try again").message,
    'Cannot put kv config at "10.0.0.1:9876": answer 1 (SYSTEM_ERROR), no: try again',
  );
});

test("responseError() keeps code, address, operation and remark in JSON", () => {
  const json = responseError(answer({ code: 16, remark: "no" }), "putKvConfig").toJSON();
  assertEquals([json["code"], json["responseCode"], json["address"], json["operation"], json["remark"]], [
    "NAMESRV_RESPONSE",
    16,
    "10.0.0.1:9876",
    "putKvConfig",
    "no",
  ]);
});
