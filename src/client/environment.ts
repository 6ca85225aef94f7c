interface Environment {
  readonly Deno?: { readonly env: { get(name: string): string | undefined } };
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
}

const VARIABLE = "NAMESRV_ADDR";

/** The addresses in `NAMESRV_ADDR`. @throws {TypeError} If the variable is not set, or blank, or Deno may not read it. */
export function addressesFromEnvironment(): string {
  const value = environmentVariable(VARIABLE);
  if (value !== undefined && value.trim() !== "") return value;
  throw new TypeError(`Cannot connect: no address is given, and ${VARIABLE} is ${value === undefined ? "not set" : "blank"}`);
}

/** A variable of the environment, in whatever runtime. @throws {TypeError} If Deno may not read it. */
export function environmentVariable(name: string): string | undefined {
  const { Deno, process } = globalThis as unknown as Environment;
  try {
    return Deno ? Deno.env.get(name) : process?.env?.[name];
  } catch (cause) {
    const advice = name === VARIABLE ? ": give addresses, or allow" : ": allow";
    throw new TypeError(`Cannot read ${name} of the environment${advice} it with --allow-env=${name}`, { cause });
  }
}
