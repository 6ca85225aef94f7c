/** Whether two runs of bytes are alike: four at a time, since a refresh that changes nothing should cost next to nothing. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  const { length } = a;
  if (length !== b.length) return false;
  const words = length & ~3;
  const viewOfA = new DataView(a.buffer, a.byteOffset, length), viewOfB = new DataView(b.buffer, b.byteOffset, length);
  for (let i = 0; i < words; i += 4) if (viewOfA.getInt32(i, true) !== viewOfB.getInt32(i, true)) return false;
  for (let i = words; i < length; i++) if (a[i] !== b[i]) return false;
  return true;
}
