import { fileURLToPath } from "node:url";
import { CANNED_TOPICS, cannedBody } from "./bodies.ts";

/** A responder that runs in a process of its own, until it is disposed of. */
export interface Responder extends AsyncDisposable {
  /** Where it listens on loopback. */
  readonly port: number;
  /** What it is built from; `"typescript"` may be slower than the client that is measured. */
  readonly language: "c" | "typescript";
}

/** How a responder answers. */
export interface ResponderOptions {
  /** How long each answer waits, in microseconds. @default {0} */
  readonly delayUs?: number;
  /** A command to run it under: `["taskset", "-c", "0"]`. @default {[]} */
  readonly under?: readonly string[];
}

/**
 * Builds the responder with `cc` (or what `CC` names), falls back to the one in TypeScript, and starts it. Deno only.
 *
 * @throws {Error} If it ends before it listens.
 */
export async function startResponder(options: ResponderOptions = {}): Promise<Responder> {
  const folder = await Deno.makeTempDir({ prefix: "responder-" });
  const binary = await build(folder);
  const script = fileURLToPath(new URL("responder.ts", import.meta.url));
  const command = binary === undefined ? [Deno.execPath(), "run", "-A", "--quiet", script] : [binary, folder];
  const [program, ...args] = [...(options.under ?? []), ...command, `${options.delayUs ?? 0}`];
  const child = new Deno.Command(program!, { args, stdin: "piped", stdout: "piped" }).spawn();
  const dispose = async (): Promise<void> => {
    await child.stdin.close();
    await child.status;
    await Deno.remove(folder, { recursive: true });
  };
  const port = await readPort(child.stdout);
  if (port === undefined) {
    await dispose();
    throw new Error(`Cannot start responder: "${program}" ended before it listened`);
  }
  return { port, language: binary === undefined ? "typescript" : "c", [Symbol.asyncDispose]: dispose };
}

/** Compiles the responder into the folder, beside the bodies it serves; gives nothing where no compiler is. */
async function build(folder: string): Promise<string | undefined> {
  for (const topic of CANNED_TOPICS) {
    const { fastjson, standard } = cannedBody(topic);
    await Deno.writeFile(`${folder}/${topic}.json`, fastjson);
    await Deno.writeFile(`${folder}/${topic}.std.json`, standard);
  }
  const source = fileURLToPath(new URL("responder.c", import.meta.url));
  const args = ["-O2", "-o", `${folder}/responder`, source];
  try {
    const { success } = await new Deno.Command(Deno.env.get("CC") ?? "cc", { args, stdout: "inherit", stderr: "inherit" }).output();
    return success ? `${folder}/responder` : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The first line of what a responder prints. */
async function readPort(stdout: ReadableStream<Uint8Array>): Promise<number | undefined> {
  let text = "";
  for await (const chunk of stdout.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)) {
    text += chunk;
    if (text.includes("\n")) return Number(text);
  }
  return undefined;
}
