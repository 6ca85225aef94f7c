import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Certificates } from "../socket/certificates.ts";

/** What a server is told about TLS, in files that are removed at the end. */
export interface TlsFiles extends Disposable {
  /** Options of the JVM that name them. */
  readonly jvmOptions: readonly string[];
}

/** Writes the configuration of a server that speaks nothing but TLS. `clientAuth`: whether it wants a client's certificate of the same CA. */
export function writeTlsFiles({ ca, server }: Certificates, clientAuth: "none" | "require"): TlsFiles {
  const folder = mkdtempSync(join(tmpdir(), "rmq-real-tls-"));
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  // keys of org.apache.rocketmq.remoting.netty.TlsSystemConfig
  const config = write(
    "tls.properties",
    [
      "tls.test.mode.enable=false",
      `tls.server.need.client.auth=${clientAuth}`,
      `tls.server.authClient=${clientAuth === "require"}`,
      `tls.server.keyPath=${write("server.key", server.key)}`,
      `tls.server.certPath=${write("server.pem", server.cert)}`,
      `tls.server.trustCertPath=${write("ca.pem", ca)}`,
      "",
    ].join("\n"),
  );
  return {
    jvmOptions: ["-Dtls.server.mode=enforcing", `-Dtls.config.file=${config}`],
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}
