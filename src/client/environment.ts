interface Environment {
  readonly Deno?: { readonly env: { get(name: string): string | undefined } };
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
}

const VARIABLE = "NAMESRV_ADDR";

/** The addresses in `NAMESRV_ADDR`. @throws {TypeError} If the variable is not set, or blank, or Deno may not read it. */
export function addressesFromEnvironment(): string {
  const value = read();
  if (value === undefined || value.trim() === "") fail(value === undefined ? "is not set" : "is blank");
  return value;
}

function read(): string | undefined {
  const { Deno, process } = globalThis as unknown as Environment;
  try {
    return Deno ? Deno.env.get(VARIABLE) : process?.env?.[VARIABLE];
  } catch (cause) {
    fail(`may not be read: give an address, or allow it with --allow-env=${VARIABLE}`, cause);
  }
}

function fail(why: string, cause?: unknown): never {
  throw new TypeError(`Cannot connect: no address is given, and ${VARIABLE} ${why}`, { cause });
}
