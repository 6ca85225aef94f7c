import { test, type TestOptions } from "../harness.ts";
import { CATALOGUE } from "./catalogue.ts";

/**
 * Registers a test of a fault's promise, named after the fault: `fault 17: an end inside a frame …`. Write the number as a literal:
 * `catalogue_test.ts` looks for it.
 *
 * @param numbers Of the fault; several where one test shows what several promise alike.
 */
export function fault(numbers: number | readonly number[], sentence: string, fn: () => void | Promise<void>, options?: TestOptions): void {
  for (const number of [numbers].flat()) {
    if (!CATALOGUE.some((row) => row.number === number)) throw new Error(`Cannot test fault ${number}: the catalogue has none`);
    test(`fault ${number}: ${sentence}`, fn, options);
  }
}
