/** What a result was measured on. */
export interface Machine {
  /** The processor, by its own name. */
  readonly processor: string;
  /** Processors that the system shows. */
  readonly cores: number;
  /** System and release. */
  readonly system: string;
  /** Work that waited for a processor in the minute before: above 0 the machine was shared. */
  readonly loadBefore: number;
}

/** Describes this machine. Deno only. */
export async function describeMachine(): Promise<Machine> {
  return {
    processor: await processorName() ?? Deno.build.arch,
    cores: navigator.hardwareConcurrency,
    system: `${Deno.build.os} ${Deno.osRelease()}`,
    loadBefore: Deno.loadavg()[0]!,
  };
}

/** Only Linux tells it in a file. */
async function processorName(): Promise<string | undefined> {
  if (Deno.build.os !== "linux") return undefined;
  return (await Deno.readTextFile("/proc/cpuinfo")).match(/^model name\s*: (.+)$/m)?.[1];
}
