/**
 * Checks that a room of src/ imports only rooms above it, and src/errors.ts; type-only imports obey too.
 *
 *   deno run --allow-read scripts/room_order.ts
 */

const ROOMS = ["errors", "protocol", "model", "request", "route", "socket", "remote", "client", "sync", "server", "cli"];
const IMPORT = /(?:from|import)\s*\(?\s*"(?<target>\.[^"]+)"/g;

const wrong: string[] = [];
let files = 0;
for (const room of ROOMS) await checkRoom(room);
for (const line of wrong) console.error(line);
console.log(`${files} files in ${ROOMS.length} rooms, ${wrong.length} imports against their order`);
Deno.exit(wrong.length === 0 ? 0 : 1);

async function checkRoom(room: string, folder = `src/${room}`): Promise<void> {
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) await checkRoom(room, path);
    else if (path.endsWith(".ts")) checkFile(room, path, await Deno.readTextFile(path));
  }
}

function checkFile(room: string, path: string, source: string): void {
  files++;
  for (const { groups } of source.matchAll(IMPORT)) {
    const target = new URL(groups!["target"]!, `file:///${path}`).pathname.slice(1);
    if (!isAllowed(room, target)) wrong.push(`${path} imports ${target}: ${room} may import only rooms above it`);
  }
}

function isAllowed(room: string, target: string): boolean {
  if (target === "src/errors.ts" || target.startsWith(`src/${room}/`)) return true;
  const other = ROOMS.indexOf(target.split("/")[1]!);
  return other >= 0 && other < ROOMS.indexOf(room);
}
