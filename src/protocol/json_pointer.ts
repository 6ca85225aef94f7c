/**
 * The JSON pointer (RFC 6901) of the value that an index of a text lies in. Used for messages only, so it reads the text again from its start
 * instead of making every reader keep track; the text need be well-formed only up to the index.
 */
export function pointerAt(text: string, index: number): string {
  const path: Frame[] = [];
  for (let at = 0; at < index;) {
    const char = text[at]!;
    if (char === '"') {
      const end = stringEnd(text, at);
      if (end > index) break; // the index lies in this string: if that is a key, what it names is not known yet
      noteKey(path, text.substring(at, end));
      at = end;
      continue;
    }
    if (char === "{" || char === "[") path.push(char === "{" ? { expectsKey: true } : { index: 0 });
    else if (char === "}" || char === "]") path.pop();
    else if (char === ",") nextMember(path);
    else if (char === ":") closeKey(path);
    else noteBareKey(path, char);
    at++;
  }
  return path.map(segment).join("");
}

/** An array that was entered, with the index in it, or an object, with the key once it was read. */
interface Frame {
  index?: number;
  key?: string | undefined;
  expectsKey?: boolean;
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function noteKey(path: readonly Frame[], literal: string): void {
  const frame = path.at(-1);
  if (frame?.expectsKey) frame.key = JSON.parse(literal) as string;
}

function noteBareKey(path: readonly Frame[], char: string): void {
  const frame = path.at(-1);
  if (frame?.expectsKey && /[-\d]/.test(char)) frame.key = (frame.key ?? "") + char;
}

function closeKey(path: readonly Frame[]): void {
  const frame = path.at(-1);
  if (frame) frame.expectsKey = false;
}

function nextMember(path: readonly Frame[]): void {
  const frame = path.at(-1);
  if (frame?.index !== undefined) frame.index++;
  else if (frame) Object.assign(frame, { key: undefined, expectsKey: true });
}

function segment(frame: Frame): string {
  const name = frame.index ?? frame.key?.replaceAll("~", "~0").replaceAll("/", "~1");
  return name === undefined ? "" : `/${name}`;
}
