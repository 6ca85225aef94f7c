import { NameServerError } from "../../src/errors.ts";

/** What became of a call, so that two can be compared: slices of a deadline differ by milliseconds, nothing else may. */
export async function outcomeOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return { value: await call() };
  } catch (error) {
    return { error: describe(error) };
  }
}

/** An error, but for what differs from run to run and runtime to runtime. */
export function describe(error: unknown): unknown {
  if (!(error instanceof NameServerError)) return { name: (error as Error).name, message: (error as Error).message };
  const { name, message, ...fields } = error.toJSON();
  return { name, message: untimed(String(message)), ...untimedFields(fields) };
}

function untimedFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { errors, cause, timeoutMs: _, ...rest } = fields;
  return {
    ...rest,
    ...(Array.isArray(errors) && { errors: errors.map(describe) }),
    ...(cause !== undefined && { cause: describeCause(cause as Record<string, unknown>) }),
  };
}

/** Of a runtime's own error, the name is the runtime's business. */
function describeCause(cause: Record<string, unknown>): unknown {
  const { name, message, ...rest } = cause;
  return {
    message: untimed(String(message)),
    ...("code" in rest && { code: rest["code"] }),
    ...(rest["errors"] !== undefined && { name }),
  };
}

function untimed(message: string): string {
  return message.replace(/within \d+(\.\d+)? ms/g, "within … ms");
}
