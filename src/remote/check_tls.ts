import type { TlsOptions } from "../socket/socket.ts";
import { wrongKind } from "./check_kind.ts";

const NAMES: readonly string[] = ["serverName", "caCerts", "client"] satisfies readonly (keyof TlsOptions)[];
/** What options of Node's are here. */
const MEANT: Readonly<Record<string, string>> = {
  ca: "it is caCerts",
  cert: "it is client.cert",
  key: "it is client.key",
  servername: "it is serverName",
  rejectUnauthorized: "servers are always verified",
};

/** What the option `tls` asks for: nothing for plain TCP. @throws {TypeError} If it has an option that does not exist, or one of the wrong kind. */
export function checkTls(tls: TlsOptions | boolean | undefined): TlsOptions | undefined {
  if (tls === undefined || tls === false) return undefined;
  if (tls === true) return {};
  if (typeof tls !== "object" || tls === null) wrongKind("tls", "true or an object", tls);
  const unknown = Object.keys(tls).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`Cannot use tls.${unknown}: there is no such option; ${MEANT[unknown] ?? `there are ${NAMES.join(", ")}`}`);
  }
  const { serverName, caCerts, client } = tls;
  if (serverName !== undefined && !isText(serverName)) wrongKind("tls.serverName", "a string", serverName);
  if (caCerts !== undefined && !(Array.isArray(caCerts) && caCerts.every(isText))) wrongKind("tls.caCerts", "an array of strings", caCerts);
  if (client !== undefined && !(isText(client?.cert) && isText(client.key))) {
    throw new TypeError("Cannot use tls.client: it must be an object with cert and key, both strings");
  }
  return tls;
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}
