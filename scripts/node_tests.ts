/**
 * Runs test files in one process of Node.
 *
 *   node --import tsx --test-reporter=spec scripts/node_tests.ts FILE…
 */

import { before } from "node:test";
import { resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

const imported = importAll(process.argv.slice(2));
before(() => imported); // no test runs while files are still read and compiled

async function importAll(files: readonly string[]): Promise<void> {
  for (const file of files) await import(pathToFileURL(resolve(file)).href);
}
