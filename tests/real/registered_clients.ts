import type { AsyncNameServerClient } from "../../mod.ts";
import { createRequest, parseLenientJson, RequestCode } from "../../src/protocol.ts";

interface Connections {
  readonly connectionSet: readonly { readonly clientId: string }[];
  readonly subscriptionTable?: Readonly<Record<string, { readonly subString: string; readonly codeSet: readonly number[] }>>;
}

/** What a broker says of the clients of groups, in its own answers. */
export class RegisteredClients {
  readonly #client: AsyncNameServerClient;
  readonly #address: string;

  /** @param client Asks. @param address The broker. */
  constructor(client: AsyncNameServerClient, address: string) {
    this.#client = client;
    this.#address = address;
  }

  /** Clients of a producer group: GET_PRODUCER_CONNECTION_LIST (204). */
  async producers(producerGroup: string): Promise<readonly string[]> {
    return clientIds(await this.#ask(RequestCode.GET_PRODUCER_CONNECTION_LIST, { producerGroup }));
  }

  /** Clients of a consumer group, asked in two ways: GET_CONSUMER_CONNECTION_LIST (203) and GET_CONSUMER_LIST_BY_GROUP (38). */
  async consumers(consumerGroup: string): Promise<readonly (readonly string[])[]> {
    const connections = await this.#ask(RequestCode.GET_CONSUMER_CONNECTION_LIST, { consumerGroup });
    const members = await this.#ask(RequestCode.GET_CONSUMER_LIST_BY_GROUP, { consumerGroup }) as
      | { readonly consumerIdList: readonly string[] }
      | undefined;
    return [clientIds(connections), members?.consumerIdList ?? []];
  }

  /** What a consumer group wants of a topic. */
  async subscription(
    consumerGroup: string,
    topic: string,
  ): Promise<{ readonly subString: string; readonly codes: readonly number[] } | undefined> {
    const connections = await this.#ask(RequestCode.GET_CONSUMER_CONNECTION_LIST, { consumerGroup });
    const found = (connections as Connections | undefined)?.subscriptionTable?.[topic];
    return found && { subString: found.subString, codes: [...found.codeSet].sort() };
  }

  /** Nothing where the broker knows no such group: it answers with an error then. */
  async #ask(code: number, extFields: Readonly<Record<string, string>>): Promise<unknown> {
    const answer = await this.#client.remote.request(createRequest(code, { extFields }), { address: this.#address, idempotent: true });
    return answer.code === 0 ? parseLenientJson(answer.body) : undefined;
  }
}

function clientIds(connections: unknown): readonly string[] {
  return ((connections as Connections | undefined)?.connectionSet ?? []).map(({ clientId }) => clientId).sort();
}
