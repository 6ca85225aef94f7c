import { ask } from "./ask.ts";
import { freePort } from "./free_port.ts";
import { JavaServer, type ServerOptions } from "./java_server.ts";

/** Starts a NameServer that knows nothing, and waits until it answers. `config` goes into namesrv.conf. */
export async function startNameServer(options: ServerOptions): Promise<JavaServer> {
  return await JavaServer.start({
    kind: "namesrv",
    mainClass: "org.apache.rocketmq.namesrv.NamesrvStartup",
    port: options.port ?? await freePort(),
    // 4.9.x has no bindAddress: it listens on every interface
    config: (data) => ({ bindAddress: "127.0.0.1", kvConfigPath: `${data}/kvConfig.json`, configStorePath: `${data}/namesrv.properties` }),
    jvmOptions: ["-Xmx96m"],
    isReady: options.isReady ?? (async (address) => (await ask(address, 106)).code === 0),
  }, options);
}
