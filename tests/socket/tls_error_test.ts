import { assertEquals } from "@std/assert";
import { tlsError } from "../../src/socket/tls_error.ts";
import { test } from "../harness.ts";

test("tlsError() says what a connection that ends at once may mean, in the words of every runtime", () => {
  const endings = ["Client network socket disconnected before secure TLS connection was established", "unexpected end of file"];
  for (const words of endings) {
    const { message } = tlsError({ hostname: "ns.test", port: 9876 }, new Error(words));
    assertEquals(message, `Cannot set up TLS with "ns.test:9876": ${words}, as with a server that takes no TLS`);
  }
  const { message } = tlsError({ hostname: "ns.test", port: 9876 }, new Error("certificate has expired"));
  assertEquals(message, 'Cannot set up TLS with "ns.test:9876": certificate has expired');
});
