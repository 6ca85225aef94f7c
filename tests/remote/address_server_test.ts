import { assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { addressServer, addressServerUrl, parseAddressBody } from "../../src/remote/address_server.ts";
import { located } from "../../src/remote/located.ts";
import { goldenCases } from "../golden/golden_cases.ts";
import { test } from "../harness.ts";

interface UrlCase {
  readonly wsAddr: string;
  readonly unitName: string;
  readonly para?: Readonly<Record<string, string>>;
}

for (const { name, input, expected } of goldenCases<UrlCase, { readonly url: string }>("addr-server-url")) {
  test(`addressServerUrl() agrees with the recorded case ${name}`, () => {
    // Java hands further parameters over beside the URL; here they are in it.
    const query = input.para === undefined ? "" : `?${new URLSearchParams(input.para)}`;
    assertEquals(addressServerUrl(input.wsAddr + query, input.unitName), expected.url);
  });
}

for (const { name, input } of goldenCases<string, unknown>("addr-server-body")) {
  test(`parseAddressBody() takes ${name} for no list, so that the last one is kept`, () => {
    assertThrows(() => parseAddressBody(input), TypeError, "there is none among them");
  });
}

test("addressServerUrl() adds the unit to the path and nofix to the query, and nothing without a unit", () => {
  const forms: readonly (readonly [url: string, unit: string | undefined, asked: string])[] = [
    ["http://h:8080/rocketmq/nsaddr", undefined, "http://h:8080/rocketmq/nsaddr"],
    ["http://h:8080/rocketmq/nsaddr", "", "http://h:8080/rocketmq/nsaddr"],
    ["http://h:8080/rocketmq/nsaddr", "  ", "http://h:8080/rocketmq/nsaddr"],
    ["http://h:8080/rocketmq/nsaddr", "center", "http://h:8080/rocketmq/nsaddr-center?nofix=1"],
    ["https://h/x?a=1&b=2#top", undefined, "https://h/x?a=1&b=2"],
    ["https://h/x?a=1&b=2#top", "u", "https://h/x-u?nofix=1&a=1&b=2"],
    ["http://h/x?", "u", "http://h/x-u?nofix=1"],
    ["http://h/x", "a/b?c", "http://h/x-a%2Fb%3Fc?nofix=1"],
    ["http://[::1]:8080/x", "u", "http://[::1]:8080/x-u?nofix=1"],
  ];
  for (const [url, unit, asked] of forms) assertEquals(addressServerUrl(url, unit), asked);
});

test("addressServer() refuses what is no http or https URL, before any I/O", () => {
  for (const url of ["", "h:8080/x", "ftp://h/x", "10.0.0.1:9876", "file:///etc/hosts"]) {
    assertThrows(() => addressServer(url), TypeError, `Cannot use address server "${url}"`);
  }
  for (const intervalMs of [0, -1, NaN, 2 ** 31]) assertThrows(() => addressServer("http://h/x", { intervalMs }), RangeError, "intervalMs");
});

test("addressServer() refuses user info in the URL, and does not repeat it", () => {
  for (const url of ["http://user:secret@h/x", "http://secret@h/x", "http://:secret@h/x"]) {
    const { message } = assertThrows(() => addressServer(url), TypeError, "user info");
    assertEquals(message.includes("secret"), false);
  }
});

test("addressServer() is named after what it asks, every two minutes unless told otherwise", () => {
  const { name, intervalMs } = addressServer("http://h/x", { unitName: "u" });
  assertEquals([name, intervalMs], ["http://h/x-u?nofix=1", 120_000]);
  assertEquals(addressServer("http://h/x", { intervalMs: 500 }).intervalMs, 500);
});

test("parseAddressBody() reads the first line, trimmed", () => {
  for (const body of ["a:1;b:2", " a:1;b:2 \n", "\n\na:1;b:2\r\nc:3", "a:1;b:2\rc:3", "a:1; ;b:2;"]) {
    assertEquals(parseAddressBody(body), ["a:1", "b:2"]);
  }
  assertEquals(parseAddressBody("ns1.example"), ["ns1.example:9876"]);
  for (const body of ["<html><body>502</body></html>", '{"error":1}', ";", "a:1,b:2"]) {
    assertThrows(() => parseAddressBody(body), TypeError);
  }
});

test("located() takes a URL, alone or in a list of one, for the address server behind it, and leaves addresses as they are", () => {
  for (const url of [" HTTPS://h/x ", [" HTTPS://h/x "]]) assertEquals((located(url) as { readonly name: string }).name, "https://h/x");
  const list = ["a:1", "http.example:80"];
  assertStrictEquals(located(list), list);
  for (const text of ["a:1;b:2", "http.example:80", "a:1;http://h/x"]) assertEquals(located(text), text);
});

/** Serves HTTP on a loopback port as long as `body` runs. */
async function withHttp(answer: RequestListener, body: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}/rocketmq/nsaddr`);
  } finally {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  }
}

/** Asks an address server that answers as told. */
function ask(url: string, signal: AbortSignal = new AbortController().signal): Promise<readonly string[]> {
  return addressServer(url, { unitName: "center" }).resolve({ signal });
}

test("AddressSource.resolve() of an address server asks for the unit and gives the list", async () => {
  const asked: (string | undefined)[] = [];
  await withHttp((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end("10.0.0.1:9876;10.0.0.2\r\nignored");
  }, async (url) => assertEquals(await ask(url), ["10.0.0.1:9876", "10.0.0.2:9876"]));
  assertEquals(asked, ["GET /rocketmq/nsaddr-center?nofix=1"]);
});

for (const status of [204, 301, 404, 500, 503]) {
  test(`AddressSource.resolve() of an address server rejects status ${status}, whatever the body`, async () => {
    await withHttp((_request, response) => {
      response.statusCode = status;
      response.end(status === 204 ? undefined : "a:1");
    }, async (url) => void await assertRejects(() => ask(url), Error));
  });
}

test("AddressSource.resolve() of an address server reads no endless answer", async () => {
  await withHttp((_request, response) => {
    response.write("a:1;".repeat(20_000));
  }, async (url) => void await assertRejects(() => ask(url), Error, "more than 65536 bytes"));
});

test("AddressSource.resolve() of an address server rejects where nobody listens", async () => {
  let gone = "";
  await withHttp(() => {}, (url) => Promise.resolve(void (gone = url)));
  await assertRejects(() => ask(gone), Error);
});

test("AddressSource.resolve() of an address server ends with its signal, with the signal's reason", async () => {
  const reason = new Error("closed");
  const controller = new AbortController();
  await withHttp(() => controller.abort(reason), async (url) => {
    assertStrictEquals(await assertRejects(() => ask(url, controller.signal)), reason);
    assertStrictEquals(await assertRejects(() => ask(url, controller.signal)), reason);
  });
});

test("AddressSource.resolve() of an address server that hangs is given up after 3 s", async () => {
  await withHttp((_request, response) => {
    response.write("10.0.0.1"); // and no more
  }, async (url) => void await assertRejects(() => ask(url), Error, "no answer within 3000 ms"));
});
