/** Why recorded rows are answered differently. */
const REASONS = {
  busy: "The queue of requests is full only in a server with threads; a test that wants SYSTEM_BUSY scripts it with Faults.answer",
  goAway: "GO_AWAY is the end of a process that has been told to stop; a test that wants it scripts it with Faults.answer",
  tls: "The embedded server has no TLS: it does not refuse those who come without, and its answers are those inside TLS",
  product: "The route comes from another NameServer, which the one asked found over HTTP",
  unrecorded: "It shows brokers and topics whose registration is not among the recorded rows",
  settings: "It shows the paths, the port and a changed setting of a server whose start was not recorded",
} as const;

const ROUTES_OF_UNRECORDED_BROKERS = ["ns.105.j1.20", "ns.105.j3.38", "ns.105.r1.40", "ns.105.r3.56", "ns.105.j1.58", "ns.105.j3.60"];
const LISTS_OF_UNRECORDED_BROKERS = [
  "ns.106.j1.13",
  "ns.206.j1.22",
  "ns.106.j1.23",
  "ns.224.j1.24",
  "ns.206.r1.42",
  "ns.106.r1.43",
  "ns.224.r1.44",
];

/** Recorded rows that are answered differently, by run and name, with the reason. A row that is answered alike must not be here. */
export const replayExceptions: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ["fresh 5.3.3", fresh("5.3.3")],
  ["fresh 5.5.0", fresh("5.5.0")],
  ["cluster test 5.3.3", new Map([["5.3.3/ct.route", REASONS.product]])],
  ["TLS 5.3.3", new Map([["5.3.3/tls.enforcing.plain", REASONS.tls]])],
  [
    "Java clients 5.3.3",
    new Map([
      ...[...ROUTES_OF_UNRECORDED_BROKERS, ...LISTS_OF_UNRECORDED_BROKERS].map((name) => [`5.3.3/${name}`, REASONS.unrecorded] as const),
      ["5.3.3/ns.319.j1.31", REASONS.settings],
      ["5.3.3/ns.319.r1.51", REASONS.settings],
    ]),
  ],
]);

function fresh(version: string): ReadonlyMap<string, string> {
  return new Map([
    [`${version}/busy.client`, REASONS.busy],
    [`${version}/goaway.v479`, REASONS.goAway],
    [`${version}/goaway.newconn`, REASONS.goAway],
  ]);
}
