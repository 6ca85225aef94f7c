import { NameServerDataParseError } from "../../errors.ts";
import { NO_BODY, type RemotingCommand } from "../../protocol/command.ts";
import { expectSuccess } from "../../request/response_error.ts";
import { sameBytes, wordsOf } from "../cache/same_bytes.ts";
import { malformedAnswer } from "../../request/malformed_answer.ts";

/** How an answer is read, and whether it says the same as another. */
export interface AnswerReader<T> {
  readonly operation: string;
  parse(body: Uint8Array): T;
  isSame(a: T, b: T): boolean;
}

/** Reads answers to one question: those that say the same give the same object, and the same bytes are not even read. */
export class LastAnswer<T> {
  readonly #reader: AnswerReader<T>;
  #body: Uint8Array = NO_BODY;
  #words = wordsOf(NO_BODY);
  #value: T | undefined;

  constructor(reader: AnswerReader<T>) {
    this.#reader = reader;
  }

  /** @throws {NameServerResponseError} If it is no success. @throws {NameServerDataParseError} If its body can't be read. */
  read(response: RemotingCommand): T {
    const { operation } = this.#reader;
    const { body, address } = expectSuccess(response, operation);
    if (this.#value !== undefined && sameBytes(this.#body, body, this.#words)) return this.#value;
    try {
      return this.#keep(this.#reader.parse(body), body);
    } catch (error) {
      throw error instanceof NameServerDataParseError ? malformedAnswer(error, address, operation) : error;
    }
  }

  #keep(value: T, body: Uint8Array): T {
    this.#body = body.slice(); // for small bodies share their memory
    this.#words = wordsOf(this.#body);
    if (this.#value !== undefined && this.#reader.isSame(this.#value, value)) return this.#value;
    return this.#value = value;
  }
}
