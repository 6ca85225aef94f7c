import type { Command } from "commander";
import type { Shell } from "./shell.ts";

/** Adds one command to the program: its arguments, options and words of help, and what it does. */
export type AddCommand = (program: Command, shell: Shell) => void;
