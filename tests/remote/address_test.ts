import { assertEquals, assertThrows } from "@std/assert";
import { endpointOf, formatAddress, parseAddresses } from "../../src/remote/address.ts";
import { createRemote } from "../../src/remote/create_remote.ts";
import { goldenCases } from "../golden/golden_cases.ts";
import { test } from "../harness.ts";

interface Parsed {
  readonly addrs?: readonly string[];
  readonly error?: string;
}

/** Where another client rewrites what was given and this one keeps it: `host:port` as given, and URLs are no servers. */
const KEPT_AS_GIVEN: Readonly<Record<string, Parsed>> = {
  "nsaddr-parse-dns-trailing-dot-case": { addrs: ["NameSrv.Default.Svc.:9876"] },
  "nsaddr-parse-http-endpoint": { error: "TypeError" },
};

for (const { name, input, expected } of goldenCases<string, Parsed>("namesrv-addr-parse")) {
  const kept = KEPT_AS_GIVEN[name];
  test(`parseAddresses() ${kept ? "differs from others on purpose in" : "agrees with"} the recorded case ${name}`, () => {
    const { addrs } = kept ?? expected;
    if (addrs === undefined) assertThrows(() => parseAddresses(input), TypeError, `"${input}"`);
    else assertEquals(parseAddresses(input), addrs);
  });
}

test("parseAddresses() brings addresses into their normal form", () => {
  const forms: readonly (readonly [given: string | readonly string[], normal: readonly string[]])[] = [
    ["10.0.0.1", ["10.0.0.1:9876"]],
    ["ns2.example:1", ["ns2.example:1"]],
    ["ns_1-b.example.:65535", ["ns_1-b.example.:65535"]],
    ["bücher.example", ["bücher.example:9876"]],
    ["[::1]", ["[::1]:9876"]],
    ["[2001:db8::7]:10911", ["[2001:db8::7]:10911"]],
    ["[::ffff:10.0.0.1]:9876", ["[::ffff:10.0.0.1]:9876"]],
    ["[fe80::1%eth0]:9876", ["[fe80::1%eth0]:9876"]],
    ["[fe80::1%1]", ["[fe80::1%1]:9876"]],
    ["b:1;a:2", ["b:1", "a:2"]],
    [";a:1;;b;\n", ["a:1", "b:9876"]],
    ["a;a:9876", ["a:9876"]],
    ["A;a", ["A:9876", "a:9876"]],
    [["a:1", " b:2 "], ["a:1", "b:2"]],
    [["a:1;b:2", "a:1"], ["a:1", "b:2"]],
  ];
  for (const [given, normal] of forms) assertEquals(parseAddresses(given), normal, JSON.stringify(given));
});

test("parseAddresses() leaves what is normal already as it is", () => {
  const normal = parseAddresses("a;[fe80::1%eth0];10.0.0.1:1");
  assertEquals(parseAddresses(normal), normal);
});

test("parseAddresses() names the address among many that it can't parse, and says why", () => {
  const reasons: readonly (readonly [bad: string, reason: string])[] = [
    ["a:1,b:2", 'separate addresses with ";", not ","'],
    ["a,b", 'separate addresses with ";", not ","'],
    ["::1", "put an IPv6 address in brackets, [::1]:9876"],
    ["::1:9876", "put an IPv6 address in brackets, [::1]:9876"],
    ["fe80::1%eth0", "put an IPv6 address in brackets, [::1]:9876"],
    ["a:1:2", '"a:1" is no host'],
    ["https://a:1", "it is a URL; give host:port, or addressServer(url)"],
    ["rocketmq://a:1", "it is a URL; give host:port"],
    ["a:0", '"0" is no port from 1 to 65535'],
    ["a:65536", '"65536" is no port from 1 to 65535'],
    ["a:-1", '"-1" is no port from 1 to 65535'],
    ["a:1e3", '"1e3" is no port from 1 to 65535'],
    ["a:", '"" is no port from 1 to 65535'],
    ["a:98 76", '"98 76" is no port from 1 to 65535'],
    [":9876", '"" is no host'],
    ["a b:1", '"a b" is no host'],
    ["user@a:1", '"user@a" is no host'],
    ["a/b", '"a/b" is no host'],
    ["[1:2:3]:9876", '"[1:2:3]" is no host'],
    ["[10.0.0.1]:9876", '"[10.0.0.1]" is no host'],
    ["[fe80::1%]:1", '"[fe80::1%]" is no host'],
    ["[fe80::1%a%b]:1", '"[fe80::1%a%b]" is no host'],
    ["[::1", '"[::1" is no host'],
    ["[::1]9876", '"[::1]9876" is no host'],
    ["[]:1", '"[]" is no host'],
  ];
  for (const [bad, reason] of reasons) {
    const error = assertThrows(() => parseAddresses(["good:1", bad]), TypeError);
    assertEquals(error.message, `Cannot parse address "${bad}": ${reason}`);
  }
});

test("parseAddresses() refuses what is neither text nor a list of texts", () => {
  for (const [value, kind] of [[9876, "number"], [null, "null"], [{ namesrvAddr: "a:1" }, "object"], [[9876], "array"]] as const) {
    const message = `Cannot use addresses: they must be "host:port;host:port", an array of strings, or an AddressSource, not ${kind}`;
    assertThrows(() => parseAddresses(value as never), TypeError, message);
    assertThrows(() => createRemote(value as never), TypeError, message);
  }
});

test("createRemote(host, port) refuses a host that has a port of its own, by the words that were given", () => {
  const message = 'Cannot parse address "localhost:1": its port is given beside it, so it must be a host alone';
  assertThrows(() => createRemote("localhost:1", 19876), TypeError, message);
  assertThrows(() => createRemote(["localhost"] as never, 19876), TypeError, "Cannot use host: it must be a string, not array");
});

test("parseAddresses() refuses a list without any address", () => {
  for (const none of ["", " ", ";", " ; ;", [], [""], [";"]]) {
    assertThrows(() => parseAddresses(none), TypeError, `Cannot use addresses ${JSON.stringify(none)}: there is none among them`);
  }
});

test("endpointOf() takes brackets off, and keeps the zone id", () => {
  assertEquals(endpointOf("ns1:1"), { hostname: "ns1", port: 1 });
  assertEquals(endpointOf("[::1]:9876"), { hostname: "::1", port: 9876 });
  assertEquals(endpointOf("[fe80::1%eth0]:9876"), { hostname: "fe80::1%eth0", port: 9876 });
});

test("formatAddress() puts IPv6 in brackets, once", () => {
  assertEquals(formatAddress("ns1", 1), "ns1:1");
  assertEquals(formatAddress("::1", 9876), "[::1]:9876");
  assertEquals(formatAddress("[::1]", 9876), "[::1]:9876");
  assertEquals(formatAddress("fe80::1%eth0", 9876), "[fe80::1%eth0]:9876");
});

test("createRemote(host, port) takes IPv6 with and without brackets", () => {
  assertEquals(createRemote("::1", 9876).addresses, ["[::1]:9876"]);
  assertEquals(createRemote("[fe80::1%eth0]", 1).addresses, ["[fe80::1%eth0]:1"]);
});

test("createRemote(host, port) refuses what is no host or no port", () => {
  for (const port of [0, -1, 65_536, 1.5, NaN, Infinity]) assertThrows(() => createRemote("a", port), TypeError, `"${port}" is no port`);
  for (const host of ["", "a;b", "a:1", "1:2:3", "a,b", "http://a"]) assertThrows(() => createRemote(host, 1), TypeError, host);
});

test("createRemote() refuses addresses it can't parse, before any I/O", () => {
  assertThrows(() => createRemote("a:1,b:2"), TypeError, 'Cannot parse address "a:1,b:2": separate addresses with ";", not ","');
  assertThrows(() => createRemote([]), TypeError, "there is none among them");
});
