import { decodeCommand } from "../../src/protocol.ts";

/**
 * Whether two frames say the same, byte for byte but for the order of maps and sets: members of objects, elements of arrays, lines of
 * properties and arguments of binary headers are compared in sorted order, each as it is written.
 */
export function isSameAnswer(a: Uint8Array, b: Uint8Array): boolean {
  return comparable(a) === comparable(b);
}

/** The frame as text in which order no longer matters. */
export function comparable(bytes: Uint8Array): string {
  const frame = bytes.subarray(4);
  const { body, extFields, ...header } = decodeCommand(frame);
  const headerText = frame[0] === 0
    ? sorted(decode(frame.subarray(4, frame.length - body.length)))
    : JSON.stringify({ ...header, extFields: Object.entries(extFields).sort() });
  return `${frame[0]} ${headerText}\n${sortedBody(decode(body))}`;
}

function sortedBody(text: string): string {
  return text === "" || /^[[{]/.test(text) ? sorted(text) : text.split("\n").sort().join("\n");
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

/** JSON text with members and elements in sorted order; literals, quotes of keys and escapes stay as they are. */
export function sorted(text: string): string {
  let at = 0;
  const value = (): string => {
    const close = text[at] === "{" ? "}" : text[at] === "[" ? "]" : undefined;
    if (close === undefined) return literal();
    const parts: string[] = [];
    const open = text[at++]!;
    while (text[at] !== close) {
      parts.push(close === "}" ? `${literal()}${text[at++]}${value()}` : value());
      if (text[at] === ",") at++;
      if (at >= text.length) throw new SyntaxError(`Cannot sort JSON: it ends within "${open}"`);
    }
    at++;
    return `${open}${parts.sort().join()}${close}`;
  };
  const literal = (): string => {
    const [found] = /^(?:"(?:[^"\\]|\\.)*"|[^,:{}[\]"]+)/.exec(text.slice(at)) ?? [];
    if (found === undefined) throw new SyntaxError(`Cannot sort JSON: "${text.slice(at, at + 20)}"`);
    at += found.length;
    return found;
  };
  const result = text === "" ? "" : value();
  if (at !== text.length) throw new SyntaxError(`Cannot sort JSON: "${text.slice(at, at + 20)}" is left`);
  return result;
}
