import { ask } from "./ask.ts";
import { freePort } from "./free_port.ts";
import { JavaServer, type ServerConfig, type ServerOptions } from "./java_server.ts";

/** What a broker is called. */
export interface BrokerName {
  /** @default {"broker-a"} */
  readonly name?: string;
  /** @default {"DefaultCluster"} */
  readonly cluster?: string;
  /** 0 is the master of its name; higher ones copy from it. @default {0} */
  readonly id?: number;
}

/** How a broker starts; `config` goes into broker.conf. */
export interface BrokerOptions extends ServerOptions, BrokerName {
  /** Addresses it registers at. */
  readonly nameServers: readonly string[];
  /** Topic whose route must name the broker before it counts as started. @default {"TBW102", which every broker brings along} */
  readonly topic?: string;
}

/** Starts a broker with an empty store, and waits until every NameServer names it in the route of a topic. */
export async function startBroker(options: BrokerOptions): Promise<JavaServer> {
  return await JavaServer.start({
    kind: "broker",
    mainClass: "org.apache.rocketmq.broker.BrokerStartup",
    port: options.port ?? await freePort([-2, 1]),
    config: (data) => ({ ...identity(options), ...smallStore(data), timerWheelEnable: false }),
    jvmOptions: ["-Xmx192m", "-XX:MaxDirectMemorySize=96m"],
    isReady: registered(options),
  }, options);
}

function identity({ name = "broker-a", cluster = "DefaultCluster", id = 0, nameServers }: BrokerOptions): ServerConfig {
  return {
    brokerName: name,
    brokerClusterName: cluster,
    brokerId: id,
    brokerRole: id === 0 ? "ASYNC_MASTER" : "SLAVE",
    namesrvAddr: nameServers.join(";"),
    brokerIP1: "127.0.0.1", // what it registers
    brokerIP2: "127.0.0.1", // what its slaves dial
    bindAddress: "127.0.0.1", // not for the replication port, nor in 4.9.x: those are open on every interface
  };
}

/** A store in megabytes instead of gigabytes. */
function smallStore(data: string): ServerConfig {
  return {
    storePathRootDir: data,
    storePathCommitLog: `${data}/commitlog`,
    mappedFileSizeCommitLog: 4 * 1024 * 1024,
    mappedFileSizeConsumeQueue: 6000,
    maxIndexNum: 4000,
    maxHashSlotNum: 1000,
  };
}

async function isRegistered(address: string, { nameServers, topic = "TBW102" }: BrokerOptions): Promise<boolean> {
  const routes = await Promise.all(nameServers.map((each) => ask(each, 105, { topic })));
  return routes.every((route) => route.body.includes(`"${address}"`));
}

const UPDATE_BROKER_CONFIG = 25;
/** How often a broker that serves is reminded. */
const REMIND_MS = 1000;

/**
 * Whether a broker is registered; reminds it once in a while. One of 5.x registers as soon as it serves, but at nobody where its client has not
 * looked yet which NameServers are there, and then only ten seconds later. Being told its permission (this one it has) makes it register.
 */
function registered(options: BrokerOptions): (address: string) => Promise<boolean> {
  let remindAt = performance.now() + REMIND_MS;
  return async (address) => {
    if (await isRegistered(address, options)) return true;
    if (performance.now() < remindAt) return false;
    remindAt = performance.now() + REMIND_MS;
    await ask(address, UPDATE_BROKER_CONFIG, {}, "brokerPermission=6\n");
    return false;
  };
}
