import type { Emulation } from "./emulation.ts";
import { UnreadableError } from "./unreadable_error.ts";
import { isNumber, isObject, type JsonNode } from "./json_node.ts";

/** A JSON object as the server's library maps it on a Java class: which member is meant by a field, and how its value becomes the field's. */
export class JavaBean {
  readonly #members: ReadonlyMap<string, JsonNode>;
  readonly #json: Emulation["json"];

  private constructor(members: ReadonlyMap<string, JsonNode>, json: Emulation["json"]) {
    this.#json = json;
    this.#members = members;
  }

  /**
   * The node as an object; null for null, `""` and, in fastjson 1, an empty array.
   *
   * @throws {UnreadableError} If it is anything else.
   */
  static of(node: JsonNode, json: Emulation["json"]): JavaBean | null {
    if (isObject(node)) return new JavaBean(node, json);
    const isEmptyArray = Array.isArray(node) && node.length === 0 && json === "fastjson1";
    if (node === null || node === "" || isEmptyArray) return null;
    throw new UnreadableError("an object");
  }

  /** The names of its members, as they stand in the text. */
  get names(): readonly string[] {
    return [...this.#members.keys()];
  }

  /** The member itself; `undefined` where there is none. */
  node(name: string): JsonNode | undefined {
    const node = this.#members.get(name);
    if (node !== undefined || this.#json === "fastjson2") return node;
    for (const [key, member] of this.#members) if (isSameField(key, name)) return member;
    return undefined;
  }

  /** Whether there is such a member, be it null. */
  has(name: string): boolean {
    return this.node(name) !== undefined;
  }

  /** An object among the members; null where it is null or absent. */
  bean(name: string): JavaBean | null {
    return JavaBean.of(this.node(name) ?? null, this.#json);
  }

  /** The elements of a list; null where it is null or absent. An object is a list of one, as in Java. */
  list(name: string): readonly JsonNode[] | null {
    const node = this.node(name) ?? null;
    if (node === null || node === "") return null;
    if (Array.isArray(node)) return node;
    if (isObject(node)) return [node];
    throw new UnreadableError(`a list of ${name}`);
  }

  /** The members of a map; null where it is null or absent. */
  map(name: string): ReadonlyMap<string, JsonNode> | null {
    const node = this.node(name) ?? null;
    if (node === null || node === "") return null;
    if (isObject(node)) return node;
    throw new UnreadableError(`an object of ${name}`);
  }

  /** A `String`; null where it is null or absent. */
  text(name: string): string | null {
    return javaText(this.node(name) ?? null, this.#json);
  }

  /** An `int`; `otherwise` where it is null or absent. */
  int(name: string, otherwise: number): number {
    return Number(this.#integer(name, 32, BigInt(otherwise)));
  }

  /** A `long`; `otherwise` where it is null or absent. */
  long(name: string, otherwise: bigint): bigint {
    return this.#integer(name, 64, otherwise);
  }

  /** A `boolean`; `otherwise` where it is null or absent. */
  boolean(name: string, otherwise: boolean): boolean {
    const node = this.node(name) ?? null;
    if (node === null || node === "") return otherwise;
    if (typeof node === "boolean") return node;
    const text = isNumber(node) ? node.number : node;
    if (text === "1" || text === "true") return true;
    if (text === "0" || text === "false") return false;
    throw new UnreadableError(`true or false for ${name}`);
  }

  #integer(name: string, bits: number, otherwise: bigint): bigint {
    const node = this.node(name);
    if (node === undefined) return otherwise;
    if (node === null || node === "") return this.#json === "fastjson1" ? otherwise : 0n; // fastjson 2 sets the field to 0
    const value = javaInteger(node, this.#json);
    if (value !== undefined && BigInt.asIntN(bits, value) === value) return value;
    throw new UnreadableError(`an integer of ${bits} bits for ${name}`);
  }
}

/** A `String` that the library makes of any value: numbers as they stand, objects as JSON; null of null. */
export function javaText(node: JsonNode, json: Emulation["json"]): string | null {
  if (node === null || typeof node === "string") return node;
  if (typeof node === "boolean") return String(node);
  return isNumber(node) ? numberText(node.number, json) : writeNode(node, json);
}

function javaInteger(node: JsonNode, json: Emulation["json"]): bigint | undefined {
  if (typeof node === "boolean") return node ? 1n : 0n;
  if (isNumber(node)) return truncate(node.number);
  if (typeof node === "string") return /^[-+]?\d+$/.test(node) || json === "fastjson2" ? truncate(node) : undefined;
  return json === "fastjson2" && Array.isArray(node) && node.length === 1 ? javaInteger(node[0], json) : undefined;
}

function truncate(text: string): bigint | undefined {
  const [, digits, fraction, exponent] = /^([-+]?\d+)(\.\d*)?([eE][-+]?\d+)?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  if (exponent === undefined) return BigInt(digits.replace("+", ""));
  const value = Math.trunc(Number(`${digits}${fraction ?? ""}${exponent}`));
  return Number.isFinite(value) ? BigInt(value) : undefined;
}

/** fastjson 1 keeps the digits of an integer and gives the rest to `BigDecimal`; fastjson 2 makes numbers of both. */
function numberText(number: string, json: Emulation["json"]): string {
  const isInteger = /^-?\d+$/.test(number);
  if (isInteger) return json === "fastjson1" ? number : `${BigInt(number)}`;
  const [, digits, exponent] = /^(-?\d+(?:\.\d*)?)[eE]([-+]?\d+)$/.exec(number) ?? [];
  if (digits === undefined) return number;
  return json === "fastjson1" ? `${digits}E${Number(exponent) < 0 ? "" : "+"}${Number(exponent)}` : javaDouble(Number(number));
}

function javaDouble(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e7 ? value.toFixed(1) : String(value);
}

function writeNode(node: JsonNode, json: Emulation["json"]): string {
  if (Array.isArray(node)) return `[${node.map((element) => writeNode(element, json)).join()}]`;
  if (isNumber(node)) return node.number;
  if (!isObject(node)) return JSON.stringify(node);
  const members = [...node].filter(([, member]) => member !== null);
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${writeNode(member, json)}`).join()}}`;
}

/** fastjson 1 finds a field whatever the case of its name, and whatever `_` and `-` are in it. */
function isSameField(key: string, name: string): boolean {
  return key.toLowerCase().replace(/[_-]/g, "") === name.toLowerCase();
}
