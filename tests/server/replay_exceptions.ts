const COUNTER = "sent without an opaque, it is answered with a counter of the server's, which had counted what was not recorded";
const BUSY = "the server was made busy by requests that were not recorded";
const GOING = "the server had been told to shut down gracefully";
const CLUSTER_TEST = "a server in clusterTest mode asks NameServers of another cluster, found by HTTP";
const TLS_ONLY = "a server with tls.server.mode=enforcing closes plain connections; the embedded one speaks no TLS";
const BROKERS = "brokers whose registrations were not recorded had registered as well";
const ITS_CONFIG = "paths and ports of the recorded server's own configuration";

/** Recorded rows that are answered differently, by run and name, with the reason. */
export const replayExceptions: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ["g497", new Map([["4.9.7/hdr.min", COUNTER]])],
  ["g533", new Map([["5.3.3/hdr.min", COUNTER]])],
  ["g550", new Map([["5.5.0/hdr.min", COUNTER]])],
  ["fresh 5.3.3", new Map([["5.3.3/busy.client", BUSY], ["5.3.3/goaway.v479", GOING], ["5.3.3/goaway.newconn", GOING]])],
  ["fresh 5.5.0", new Map([["5.5.0/goaway.v479", GOING], ["5.5.0/goaway.newconn", GOING], ["5.5.0/busy.client", BUSY]])],
  ["cluster test 5.3.3", new Map([["5.3.3/ct.route", CLUSTER_TEST]])],
  ["TLS 5.3.3", new Map([["5.3.3/tls.enforcing.plain", TLS_ONLY]])],
  [
    "Java clients 5.3.3",
    new Map([
      ["5.3.3/ns.106.j1.13", BROKERS],
      ["5.3.3/ns.105.j1.20", BROKERS],
      ["5.3.3/ns.206.j1.22", BROKERS],
      ["5.3.3/ns.106.j1.23", BROKERS],
      ["5.3.3/ns.224.j1.24", BROKERS],
      ["5.3.3/ns.319.j1.31", ITS_CONFIG],
      ["5.3.3/ns.105.j3.38", BROKERS],
      ["5.3.3/ns.105.r1.40", BROKERS],
      ["5.3.3/ns.206.r1.42", BROKERS],
      ["5.3.3/ns.106.r1.43", BROKERS],
      ["5.3.3/ns.224.r1.44", BROKERS],
      ["5.3.3/ns.319.r1.51", ITS_CONFIG],
      ["5.3.3/ns.105.r3.56", BROKERS],
      ["5.3.3/ns.105.j1.58", BROKERS],
      ["5.3.3/ns.105.j3.60", BROKERS],
    ]),
  ],
]);
