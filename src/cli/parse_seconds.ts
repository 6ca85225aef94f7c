import { InvalidArgumentError } from "commander";
import { checkTimeout } from "../remote/options.ts";
import { asArguments } from "./misuse.ts";

/** Milliseconds of an `--interval`, which is given in seconds: `30`, `0.5`. */
export function parseSeconds(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new InvalidArgumentError("It must be a number of seconds.");
  return asArguments(() => checkTimeout("--interval", Number(text) * 1000));
}
