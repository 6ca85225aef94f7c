import { javaHashCode } from "./java_hash_code.ts";
import { requireName, requireText } from "./shape.ts";

/** What a group of consumers wants of a topic. */
export interface Subscription {
  /** The topic. */
  readonly topic: string;
  /** Tags joined by `||`, or SQL92 with that `type`. @default {"*"} every message */
  readonly expression?: string;
  /** The language of `expression`. @default {"TAG"} */
  readonly type?: "TAG" | "SQL92";
}

/** A subscription as brokers are told. */
export interface SubscriptionData {
  /** Whether `subString` names a Java class, which 4.x and later do not run. */
  readonly classFilterMode: boolean;
  /** The topic. */
  readonly topic: string;
  /** The expression. */
  readonly subString: string;
  /** Its tags; none for every message. */
  readonly tagsSet: readonly string[];
  /** Java's hash code of each tag, by which brokers pick messages. */
  readonly codeSet: readonly number[];
  /** When it was made, in milliseconds since the epoch: brokers keep the latest of a group. */
  readonly subVersion: number;
  /** The language of `subString`. */
  readonly expressionType: "TAG" | "SQL92";
}

/**
 * A subscription as brokers are told it. As Java's `FilterAPI` does, but an expression of separators only is refused instead of taken for
 * one that no message matches — remoting/protocol/filter/FilterAPI.java
 *
 * @param subVersion Milliseconds since the epoch.
 * @throws {TypeError} If the topic is empty, the type unknown, there is no SQL, or an expression without a tag.
 */
export function subscriptionData(subscription: Subscription, subVersion: number): SubscriptionData {
  const { topic, expression = "", type = "TAG" } = subscription;
  const subString = requireText("expression", expression) === "" && type === "TAG" ? "*" : requireName("expression", expression);
  const tags = type === "TAG" && subString !== "*" ? requireTags(subString) : [];
  return {
    classFilterMode: false,
    topic: requireName("topic", topic),
    subString,
    tagsSet: tags,
    codeSet: [...new Set(tags.map(javaHashCode))],
    subVersion,
    expressionType: requireType(type),
  };
}

function requireTags(expression: string): readonly string[] {
  const tags = new Set(expression.split("||").map(javaTrim).filter((tag) => tag !== ""));
  if (tags.size === 0) throw new TypeError(`Cannot subscribe: expression "${expression}" names no tag`);
  return [...tags];
}

/** Java trims control characters and the blank, and no other white space. */
function javaTrim(text: string): string {
  return text.replace(/^[\0- ]+|[\0- ]+$/g, "");
}

function requireType(type: "TAG" | "SQL92"): "TAG" | "SQL92" {
  if (type === "TAG" || type === "SQL92") return type;
  throw new TypeError(`Cannot subscribe: type must be TAG or SQL92, not "${type}"`);
}
