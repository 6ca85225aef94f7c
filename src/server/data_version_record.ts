import type { DataVersion } from "../model/data_version.ts";
import type { JavaBean } from "./java_bean.ts";

/** When and how often a broker's topics changed, as the server keeps it: Java longs. */
export interface DataVersionRecord {
  readonly stateVersion: bigint;
  readonly timestamp: bigint;
  readonly counter: bigint;
}

/** What a broker has that sent no body. */
export const ZERO_DATA_VERSION: DataVersionRecord = { stateVersion: 0n, timestamp: 0n, counter: 0n };

/** What Java's constructor makes. */
export function newDataVersion(now: () => number): DataVersionRecord {
  return { ...ZERO_DATA_VERSION, timestamp: BigInt(Math.trunc(now())) };
}

/** Reads one; what is absent is as Java's constructor sets it. */
export function readDataVersion(bean: JavaBean, now: () => number): DataVersionRecord {
  const { stateVersion, timestamp, counter } = newDataVersion(now);
  return {
    stateVersion: bean.long("stateVersion", stateVersion),
    timestamp: bean.long("timestamp", timestamp),
    counter: bean.long("counter", counter),
  };
}

/** A version made in the program. */
export function fromModelVersion({ stateVersion, timestamp, counter }: DataVersion): DataVersionRecord {
  return { stateVersion: BigInt(stateVersion), timestamp: BigInt(timestamp), counter: BigInt(counter) };
}

/** Whether two versions are the same in all that the release compares: 4.9 knows no stateVersion. */
export function sameDataVersion(a: DataVersionRecord, b: DataVersionRecord, isV5: boolean): boolean {
  return (!isV5 || a.stateVersion === b.stateVersion) && a.timestamp === b.timestamp && a.counter === b.counter;
}
