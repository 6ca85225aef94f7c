/** A number as it stands in the text: Java types read it each in their own way. */
export interface JsonNumber {
  readonly number: string;
}

/** What a text of a JSON-like language says. */
export type JsonNode = null | boolean | string | JsonNumber | readonly JsonNode[] | ReadonlyMap<string, JsonNode>;

/** Whether the node is a number. */
export function isNumber(node: JsonNode | undefined): node is JsonNumber {
  return typeof node === "object" && node !== null && "number" in node;
}

/** Whether the node is an object. */
export function isObject(node: JsonNode | undefined): node is ReadonlyMap<string, JsonNode> {
  return node instanceof Map;
}
