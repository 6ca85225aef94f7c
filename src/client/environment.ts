interface Environment {
  readonly Deno?: { readonly env: { get(name: string): string | undefined } };
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
}

const VARIABLE = "NAMESRV_ADDR";

/** The addresses in `NAMESRV_ADDR`. @throws {TypeError} If the variable is not set, or empty. */
export function addressesFromEnvironment(): string {
  const { Deno, process } = globalThis as unknown as Environment;
  const value = Deno ? Deno.env.get(VARIABLE) : process?.env?.[VARIABLE];
  if (!value?.trim()) throw new TypeError(`Cannot connect: no address is given, and ${VARIABLE} is not set`);
  return value;
}
