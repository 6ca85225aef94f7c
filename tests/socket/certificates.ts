import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** A certificate and its key, PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Made anew for each run by `openssl`. */
export interface Certificates {
  /** Signed all the others. */
  readonly ca: string;
  /** Signed none of them. */
  readonly otherCa: string;
  /** For `ns.test`, `localhost`, 127.0.0.1 and ::1. */
  readonly server: Certificate;
  /** For `other.test`. */
  readonly otherHost: Certificate;
  /** As `server`, but its time is over. */
  readonly expired: Certificate;
  readonly client: Certificate;
}

const run = promisify(execFile);

/** Certificates to test with, or `undefined` where there is no `openssl`. */
export async function makeCertificates(): Promise<Certificates | undefined> {
  try {
    await run("openssl", ["version"]);
  } catch {
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), "nameserver-tls-"));
  try {
    return await new Openssl(folder).makeAll();
  } finally {
    await rm(folder, { recursive: true });
  }
}

// Of our own, so that what a system has in /etc/ssl makes no difference.
const CONFIG = `
[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[server]
subjectAltName = DNS:ns.test, DNS:localhost, IP:127.0.0.1, IP:::1
[otherHost]
subjectAltName = DNS:other.test
[client]
extendedKeyUsage = clientAuth
`;

class Openssl {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async makeAll(): Promise<Certificates> {
    await writeFile(this.#path("config"), CONFIG);
    await this.#makeCa("ca");
    await this.#makeCa("otherCa");
    return {
      ca: await this.#read("ca.pem"),
      otherCa: await this.#read("otherCa.pem"),
      server: await this.#sign("server", "server", 2),
      otherHost: await this.#sign("otherHost", "otherHost", 2),
      expired: await this.#sign("expired", "server", -1),
      client: await this.#sign("client", "client", 2),
    };
  }

  async #makeCa(name: string): Promise<void> {
    await this.#makeKey(name);
    await this.#run("req -x509 -new -days 2 -extensions ca", name, ["-key", `${name}.key`, "-out", `${name}.pem`]);
  }

  async #sign(name: string, extensions: string, days: number): Promise<Certificate> {
    await this.#makeKey(name);
    await this.#run("req -new", name, ["-key", `${name}.key`, "-out", `${name}.csr`]);
    await this.#openssl(
      ...`x509 -req -CA ca.pem -CAkey ca.key -CAcreateserial -days ${days} -extfile config -extensions ${extensions}`.split(" "),
      ...["-in", `${name}.csr`, "-out", `${name}.pem`],
    );
    return { cert: await this.#read(`${name}.pem`), key: await this.#read(`${name}.key`) };
  }

  #makeKey(name: string): Promise<void> {
    return this.#openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-out", `${name}.key`);
  }

  #run(command: string, name: string, files: readonly string[]): Promise<void> {
    return this.#openssl(...command.split(" "), "-config", "config", "-subj", `/CN=${name}`, ...files);
  }

  async #openssl(...args: string[]): Promise<void> {
    await run("openssl", args, { cwd: this.#folder });
  }

  #read(name: string): Promise<string> {
    return readFile(this.#path(name), "utf8");
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}
