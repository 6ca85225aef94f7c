/** How many queues of an ordered topic a broker has. */
export interface OrderSegment {
  readonly brokerName: string;
  readonly queues: number;
}

const MAX_INT = 0x7fffffff;

/**
 * Reads the configuration of an ordered topic, `broker:queues;broker:queues`, as the Java client does; but a segment that makes Java throw,
 * or says a negative number, is skipped — client/impl/factory/MQClientInstance.java, topicRouteData2TopicPublishInfo
 *
 * @param onSkipped Told each segment that was skipped.
 */
export function parseOrderConf(conf: string, onSkipped?: (segment: string) => void): readonly OrderSegment[] {
  const segments: OrderSegment[] = [];
  for (const text of splitAsJava(conf, ";")) {
    const [brokerName, digits] = splitAsJava(text, ":");
    const queues = parseCount(digits);
    if (brokerName === undefined || queues === undefined) onSkipped?.(text);
    else segments.push({ brokerName, queues });
  }
  return segments;
}

/** `String.split`: empty parts at the end don't count, those before do; nothing at all is one empty part. */
function splitAsJava(text: string, separator: string): readonly string[] {
  const parts = text.split(separator);
  if (parts.length === 1) return parts;
  let end = parts.length;
  while (end > 0 && parts[end - 1] === "") end--;
  return parts.slice(0, end);
}

/** `Integer.parseInt`, without negative numbers. */
function parseCount(digits: string | undefined): number | undefined {
  if (digits === undefined || !/^(?:\+?\d+|-0+)$/.test(digits)) return undefined;
  const count = Math.abs(Number(digits));
  return count <= MAX_INT ? count : undefined;
}
