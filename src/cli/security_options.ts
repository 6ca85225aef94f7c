import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { environmentVariable } from "../client/environment.ts";
import type { RemoteOptions } from "../remote/options.ts";
import { Misuse } from "./misuse.ts";

/** The secret that belongs to `--access-key`: arguments can be seen by every user of a host. */
const SECRET = "ROCKETMQ_SECRET_KEY";

/** Options of every command about TLS and access control, as commander reads them. */
export interface SecurityOptions {
  readonly tls?: boolean;
  readonly caFile?: string;
  readonly serverName?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly accessKey?: string;
}

/** Adds them to the program. */
export function addSecurityOptions(program: Command): void {
  program
    .option("--tls", "speak TLS; the server is always verified")
    .option("--ca-file <pem>", "trust these authorities, too (with TLS)")
    .option("--server-name <name>", "name in the certificate (with TLS)")
    .option("--cert-file <pem>", "certificate to show (with TLS and --key-file)")
    .option("--key-file <pem>", "key of that certificate")
    .option("--access-key <key>", `sign requests; the secret is in ${SECRET}`);
}

/** What they ask of a remote. @throws {Misuse} If a file or the secret cannot be read, or one option lacks the other that it goes with. */
export function securityOf({ tls = false, caFile, serverName, certFile, keyFile, accessKey }: SecurityOptions): RemoteOptions {
  if ((certFile === undefined) !== (keyFile === undefined)) throw new Misuse("Cannot show a certificate: --cert-file goes with --key-file");
  const options = {
    ...(serverName !== undefined && { serverName }),
    ...(caFile !== undefined && { caCerts: [readPem("--ca-file", caFile)] }),
    ...(certFile !== undefined && { client: { cert: readPem("--cert-file", certFile), key: readPem("--key-file", keyFile!) } }),
  };
  return {
    ...((tls || Object.keys(options).length > 0) && { tls: options }),
    ...(accessKey !== undefined && { credentials: { accessKey, secretKey: readSecret() } }),
  };
}

function readPem(option: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Misuse(`Cannot read ${option} "${file}": ${(error as Error).message}`, { cause: error });
  }
}

function readSecret(): string {
  const secret = environmentVariable(SECRET);
  if (secret === undefined || secret === "") throw new Misuse(`Cannot sign requests: ${SECRET} is not set`);
  return secret;
}
