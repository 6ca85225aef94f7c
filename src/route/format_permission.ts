import { isInherited, isReadable, isWritable } from "./permission.ts";

/**
 * A permission as RocketMQ's own tools write it: `R` read, `W` write, `X` inherit, `-` for each that is missing. Other bits (8, priority)
 * don't show — common/constant/PermName.java
 *
 * @param perm The bits, as in `QueueData.perm`.
 * @example Read and write
 * ```ts
 * import { formatPermission } from "@rmq/nameserver";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([6, 4, 7].map(formatPermission), ["RW-", "R--", "RWX"]);
 * ```
 */
export function formatPermission(perm: number): string {
  return (isReadable(perm) ? "R" : "-") + (isWritable(perm) ? "W" : "-") + (isInherited(perm) ? "X" : "-");
}
