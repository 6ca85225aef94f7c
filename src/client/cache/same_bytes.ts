/** Whether two runs of bytes are alike: eight at a time, since a refresh that changes nothing should cost next to nothing. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  const { length } = a;
  if (length !== b.length) return false;
  const viewOfA = new DataView(a.buffer, a.byteOffset, length), viewOfB = new DataView(b.buffer, b.byteOffset, length);
  let i = 0;
  for (; i + 8 <= length; i += 8) {
    const x = viewOfA.getFloat64(i), y = viewOfB.getFloat64(i);
    // Numbers that are equal have equal bytes, but for 0 and -0; some that are not numbers have equal bytes, too
    if ((x !== y || x === 0) && !sameWords(viewOfA, viewOfB, i)) return false;
  }
  for (; i < length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function sameWords(a: DataView, b: DataView, at: number): boolean {
  return a.getInt32(at) === b.getInt32(at) && a.getInt32(at + 4) === b.getInt32(at + 4);
}
