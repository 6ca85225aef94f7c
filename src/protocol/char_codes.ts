/**
 * The character codes of a text, 255 for every one beyond ASCII. JSON's own characters are all ASCII, so a parser can look at these instead of
 * at the text: engines read a byte of an array several times faster than a character of a string.
 */
export function charCodes(text: string): Uint8Array {
  const codes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    codes[i] = code < 0x80 ? code : 0xff;
  }
  return codes;
}
