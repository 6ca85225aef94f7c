/** The bytes eight at a time, to compare with; those at the end that make no eight are left out. @param bytes At an offset that eight divides. */
export function wordsOf(bytes: Uint8Array): Float64Array {
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length >> 3);
}

/**
 * Whether two runs of bytes are alike: eight at a time where they lie so that they can be, since a refresh that changes nothing should cost
 * next to nothing.
 *
 * @param words `wordsOf(a)`, made once.
 */
export function sameBytes(a: Uint8Array, b: Uint8Array, words: Float64Array): boolean {
  if (a.length !== b.length) return false;
  if ((b.byteOffset & 7) !== 0) return sameFrom(a, b, 0, a.length);
  const wordsOfB = wordsOf(b);
  const count = words.length;
  for (let i = 0; i < count; i++) {
    const word = words[i];
    // Numbers that are equal have equal bytes, but for 0 and -0; some that are not numbers have equal bytes, too
    if ((word !== wordsOfB[i] || word === 0) && !sameFrom(a, b, i << 3, (i << 3) + 8)) return false;
  }
  return sameFrom(a, b, count << 3, a.length);
}

function sameFrom(a: Uint8Array, b: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (a[i] !== b[i]) return false;
  return true;
}
