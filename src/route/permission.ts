// Bits of a permission — common/constant/PermName.java
const READ = 4;
const WRITE = 2;
const INHERIT = 1;

/** Whether messages may be read. @param perm As in `QueueData.perm`. */
export function isReadable(perm: number): boolean {
  return (perm & READ) !== 0;
}

/** Whether messages may be written. @param perm As in `QueueData.perm`. */
export function isWritable(perm: number): boolean {
  return (perm & WRITE) !== 0;
}

/** Whether a topic may be made from this one. @param perm As in `QueueData.perm`. */
export function isInherited(perm: number): boolean {
  return (perm & INHERIT) !== 0;
}
