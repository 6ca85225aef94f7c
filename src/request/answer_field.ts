import { NameServerDataParseError } from "../errors.ts";
import type { RemotingCommand } from "../protocol/command.ts";
import { describeOperation } from "./describe_operation.ts";
import { at } from "./response_error.ts";

/**
 * An argument of an answer that is an integer of 32 bits.
 *
 * @throws {NameServerDataParseError} If it is absent or none; `path` is `/extFields/name`.
 */
export function intField(answer: RemotingCommand, name: string, operation: string): number {
  const text = answer.extFields[name];
  const value = text !== undefined && /^-?\d+$/.test(text) ? Number(text) : NaN;
  return value === (value | 0) ? value : malformed(answer, name, operation, "an integer of 32 bits");
}

/**
 * An argument of an answer that is true or false, in any case.
 *
 * @throws {NameServerDataParseError} If it is absent or neither; `path` is `/extFields/name`.
 */
export function booleanField(answer: RemotingCommand, name: string, operation: string): boolean {
  const text = answer.extFields[name]?.toLowerCase();
  return text === "true" || (text !== "false" && malformed(answer, name, operation, "true or false"));
}

function malformed(answer: RemotingCommand, name: string, operation: string, expected: string): never {
  const { address, extFields } = answer;
  const found = extFields[name] === undefined ? "absent" : JSON.stringify(extFields[name]);
  throw new NameServerDataParseError(
    `Cannot ${describeOperation(operation)}${at(address)}: the answer's ${name} must be ${expected}, and is ${found}`,
    {
      path: `/extFields/${name}`,
      address,
      operation,
    },
  );
}
