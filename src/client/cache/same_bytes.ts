/** The bytes four at a time, to compare with; those at the end that make no four are left out. @param bytes At an offset that four divides. */
export function wordsOf(bytes: Uint8Array): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
}

/**
 * Whether two runs of bytes are alike: sixteen at a time where they lie so that they can be, since a refresh that changes nothing should cost
 * next to nothing.
 *
 * @param words `wordsOf(a)`, made once.
 */
export function sameBytes(a: Uint8Array, b: Uint8Array, words: Int32Array): boolean {
  if (a.length !== b.length) return false;
  if ((b.byteOffset & 3) !== 0) return sameFrom(a, b, 0);
  const wordsOfB = wordsOf(b);
  const count = words.length & ~3;
  for (let i = 0; i < count; i += 4) {
    const first = words[i]! ^ wordsOfB[i]!, second = words[i + 1]! ^ wordsOfB[i + 1]!;
    const third = words[i + 2]! ^ wordsOfB[i + 2]!, fourth = words[i + 3]! ^ wordsOfB[i + 3]!;
    if ((first | second | third | fourth) !== 0) return false;
  }
  return sameFrom(a, b, count << 2);
}

function sameFrom(a: Uint8Array, b: Uint8Array, from: number): boolean {
  for (let i = from; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
