/** An address of this host, as runtimes tell it. */
export interface HostAddress {
  readonly address: string;
  readonly family: string;
  /** Only reached from this host. Node and Bun tell. */
  readonly internal?: boolean;
}

interface Runtimes {
  readonly Deno?: {
    readonly permissions: { querySync(descriptor: { name: "sys"; kind: "networkInterfaces" }): { readonly state: string } };
    networkInterfaces(): readonly HostAddress[];
  };
  readonly process?: { getBuiltinModule?(name: "node:os"): { networkInterfaces(): Readonly<Record<string, readonly HostAddress[]>> } };
}

/** An address by which other hosts may reach this one: IPv4, else IPv6 in brackets; `undefined` where the runtime does not tell. */
export function localAddress(runtimes: unknown = globalThis): string | undefined {
  try {
    return pick(hostAddresses(runtimes as Runtimes));
  } catch {
    return undefined; // a sandbox: what can't be told is no reason to fail
  }
}

/** Deno would ask a person for a permission that it was not given. Imports of `node:os` would keep the package out of browsers. */
function hostAddresses({ Deno, process }: Runtimes): readonly HostAddress[] {
  if (Deno !== undefined) {
    const isGranted = Deno.permissions.querySync({ name: "sys", kind: "networkInterfaces" }).state === "granted";
    return isGranted ? Deno.networkInterfaces() : [];
  }
  return Object.values(process?.getBuiltinModule?.("node:os").networkInterfaces() ?? {}).flat();
}

function pick(addresses: readonly HostAddress[]): string | undefined {
  const reachable = addresses.filter(({ address, internal }) => internal !== true && !isLocal(address));
  const ipv4 = reachable.find(({ family }) => family === "IPv4");
  const ipv6 = reachable.find(({ family }) => family === "IPv6");
  return ipv4?.address ?? (ipv6 && `[${ipv6.address}]`);
}

/** Loopback, and link-local addresses, which mean nothing on other hosts. */
function isLocal(address: string): boolean {
  return /^127\.|^169\.254\.|^::1$|^fe[89ab]/i.test(address);
}
