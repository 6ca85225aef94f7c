/** A queue of a topic at a broker: what messages are sent to and read from. */
export interface MessageQueue {
  /** The topic. */
  readonly topic: string;
  /** The broker; for a static topic the name that stands for all of them, `"__syslo__global"`. */
  readonly brokerName: string;
  /** From 0 on. */
  readonly queueId: number;
}
