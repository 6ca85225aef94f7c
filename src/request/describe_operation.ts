/** An operation in words, for messages that begin with "Cannot": `"queryTopicRouteInfo"` → `"query topic route info"`. */
export function describeOperation(operation: string | undefined): string {
  return operation === undefined ? "send request" : operation.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
