/** How a command ended. */
export interface Run {
  readonly code: number;
  /** All it printed, without colours. */
  readonly output: string;
}

/** How a command is run. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Given: an exit status other than 0 throws an error with these words. */
  readonly failure?: string;
}

/** Runs a command, shows what it prints and gives it back. Signals to this process end it too. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = new Deno.Command(command, {
    args: [...args],
    env: { ...options.env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [stdout, stderr, { code }] = await Promise.all([
    echo(child.stdout, Deno.stdout),
    echo(child.stderr, Deno.stderr),
    child.status,
  ]);
  if (code !== 0 && options.failure !== undefined) throw new Error(`${options.failure} (exit status ${code})`);
  // deno-lint-ignore no-control-regex
  return { code, output: (stdout + stderr).replaceAll(/\x1b\[[0-9;]*m/g, "") };
}

async function echo(from: ReadableStream<Uint8Array>, to: typeof Deno.stdout): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of from) {
    text += decoder.decode(chunk, { stream: true });
    for (let at = 0; at < chunk.length;) at += await to.write(chunk.subarray(at));
  }
  return text;
}
