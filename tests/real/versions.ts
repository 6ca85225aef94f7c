/** The RocketMQ releases that the real-server tier runs against: the last of 4.9, the widespread 5.3, the newest. */
export const VERSIONS = ["4.9.7", "5.3.3", "5.5.0"] as const;

/** One of {@link VERSIONS}. */
export type RocketMqVersion = (typeof VERSIONS)[number];
