/** In the order of their brokers' names, as Java compares strings: by UTF-16 units. Those of one broker keep their order. */
export function byBrokerName<T extends { readonly brokerName: string }>(list: readonly T[]): readonly T[] {
  return [...list].sort((a, b) => a.brokerName < b.brokerName ? -1 : a.brokerName > b.brokerName ? 1 : 0);
}
