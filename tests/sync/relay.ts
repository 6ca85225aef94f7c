import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Passes bytes between clients and a server, until it loses them without a word, as a firewall does that forgot a connection. */
export class Relay {
  readonly #open = new Set<Socket>();
  #accepted = 0;
  #swallowed = new Set<Socket>();

  /** How many connections clients have opened, and how many of them are open. */
  get counts(): readonly [accepted: number, open: number] {
    return [this.#accepted, this.#open.size];
  }

  /** Gives the address that clients dial. */
  async listen(server: string): Promise<string> {
    const listener = createServer((client) => this.#serve(client, connect(Number(server.split(":")[1]), "127.0.0.1")));
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(listener.address() as AddressInfo).port}`;
  }

  /** Loses all that comes over the connections that are open, from either side. New ones are served. */
  swallow(): void {
    this.#swallowed = new Set(this.#open);
  }

  #serve(client: Socket, server: Socket): void {
    this.#accepted++;
    this.#open.add(client);
    client.on("close", () => this.#open.delete(client));
    for (const side of [client, server]) side.on("error", () => {}).on("close", () => void client.destroy(void server.destroy()));
    client.on("data", (bytes) => this.#swallowed.has(client) || server.write(bytes));
    server.on("data", (bytes) => this.#swallowed.has(client) || client.write(bytes));
  }
}
