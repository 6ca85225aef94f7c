import type { AsyncNameServerClient } from "../client/async_client.ts";
import { createClientId } from "../client/create_client_id.ts";
import type { ClientRegistration } from "../client/registration/client_registration.ts";
import type { AddCommand } from "./add_command.ts";
import { type BrokerChange, BrokerChanges } from "./broker_changes.ts";
import { Misuse, toMisuse } from "./misuse.ts";
import { parseSeconds } from "./parse_seconds.ts";
import type { Shell } from "./shell.ts";

/** How often what is shown is brought up to date. */
const LOOK_EVERY_MS = 100;

interface RegisterOptions {
  readonly clientId?: string;
  readonly topic?: string;
  readonly tags?: string;
  /** In milliseconds. */
  readonly interval?: number;
}

interface Registered extends RegisterOptions {
  readonly role: "producer" | "consumer";
  readonly group: string;
}

/** `namesrv register producer|consumer GROUP`: brokers list the group until Ctrl-C. */
export const addRegisterCommand: AddCommand = (program, shell) => {
  const register = program.command("register")
    .summary("make brokers list a client until Ctrl-C")
    .description("Make brokers list a client as a member of a group until Ctrl-C; show which of them do.");
  for (const role of ["producer", "consumer"] as const) {
    const command = register.command(role)
      .summary(`as a group of ${role}s`)
      .description(`Make brokers list a client as a member of a group of ${role}s until Ctrl-C. Each line tells a change.`)
      .argument("<group>", "name of the group")
      .option("--client-id <id>", "id of the client (default: ip@pid#random)")
      .option("--topic <topic>", role === "producer" ? "only brokers that serve it" : "subscribe to it; only brokers that serve it")
      .option("--interval <s>", "seconds between two heartbeats (default: 30)", parseSeconds);
    if (role === "consumer") command.option("--tags <expression>", `what to subscribe to: "A || B" (default: "*")`);
    command.action((group: string, options: RegisterOptions) => hold({ role, group, ...options }, shell));
  }
};

async function hold(registered: Registered, shell: Shell): Promise<void> {
  const controller = new AbortController();
  const interrupted = shell.untilInterrupted(controller);
  try {
    await using client = shell.connect();
    const registration = await begin(registered, client);
    await show(registered, registration, { shell, interrupted });
    await registration.unregister();
    showState(registered, registration, "unregistered", shell);
  } finally {
    controller.abort();
  }
}

interface Showing {
  readonly shell: Shell;
  readonly interrupted: Promise<void>;
}

/** Shows what changes until the command is interrupted. */
async function show(registered: Registered, registration: ClientRegistration, { shell, interrupted }: Showing): Promise<void> {
  const changes = new BrokerChanges();
  const look = (): void => {
    for (const change of changes.look(registration)) shell.showLine(change, inWords(change));
  };
  showState(registered, registration, "registered", shell);
  look();
  const timer = setInterval(look, LOOK_EVERY_MS); // holds the process
  await interrupted;
  clearInterval(timer);
}

function showState(
  { role, group }: Registered,
  { clientId }: ClientRegistration,
  state: "registered" | "unregistered",
  shell: Shell,
): void {
  const words = state === "registered" ? `registered as "${clientId}"; Ctrl-C ends it` : "unregistered";
  shell.showLine({ role, group, clientId, state }, `${role} group "${group}" is ${words}`);
}

async function begin({ role, group, ...options }: Registered, client: AsyncNameServerClient): Promise<ClientRegistration> {
  const { clientId = createClientId(), topic, tags, interval } = options;
  if (tags !== undefined && topic === undefined) throw new Misuse("Cannot subscribe to --tags without a --topic");
  const common = { ...(topic !== undefined && { topics: [topic] }), ...(interval !== undefined && { intervalMs: interval }) };
  const subscriptions = topic === undefined ? [] : [{ topic, ...(tags !== undefined && { expression: tags }) }];
  try {
    if (role === "producer") return await client.registerProducer(group, clientId, common);
    return await client.registerConsumer(group, clientId, { ...common, subscriptions });
  } catch (error) {
    throw toMisuse(error);
  }
}

function inWords({ broker, state, error }: BrokerChange): string {
  switch (state) {
    case "registered":
      return `${broker} lists it`;
    case "failing":
      return `! ${broker} fails: ${error}`;
    case "left":
      return `${broker} has left the NameServer's list`;
  }
}
