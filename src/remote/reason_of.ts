/** A runtime's error in words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node's error for a name with several addresses has no words of its own, but one error for each address.
  if (error instanceof AggregateError && error.message === "") return [...new Set(error.errors.map(reasonOf))].join("; ") || error.name;
  // Bun says no more than "Failed to connect", whatever kept it from it.
  if (error.message === "Failed to connect" && "code" in error) return `${error.message} (${error.code})`;
  // Deno and Node say what kept fetch() from it in the cause only.
  if (error.message === "fetch failed" && error.cause !== undefined) return reasonOf(error.cause);
  // What node:net says in Deno, whose own sockets name the flag.
  if (/^getaddrinfo EPERM \S+$/.test(error.message)) return `${error.message}, as in Deno without the --allow-net flag`;
  return error.message || error.name;
}
