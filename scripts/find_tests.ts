const DEFAULT_ROOTS = ["tests"];

/** Test files under the paths given, sorted; under `tests` if none is given. @throws {Error} If there is none. */
export async function findTests(paths: readonly string[]): Promise<readonly string[]> {
  const files: string[] = [];
  for (const path of paths.length > 0 ? paths : DEFAULT_ROOTS) await collect(path, files);
  if (files.length === 0) throw new Error(`Cannot test: no *_test.ts under ${paths.join(", ") || DEFAULT_ROOTS.join(", ")}`);
  return files.sort();
}

async function collect(path: string, files: string[]): Promise<void> {
  if ((await Deno.stat(path)).isFile) {
    files.push(path);
    return;
  }
  for await (const entry of Deno.readDir(path)) {
    const child = `${path}/${entry.name}`;
    if (entry.isDirectory) await collect(child, files);
    else if (entry.name.endsWith("_test.ts")) files.push(child);
  }
}
