import { NameServerDataParseError } from "../errors.ts";
import type { TopicRouteData } from "../model/topic_route.ts";
import { requests } from "../request/mod.ts";
import type { MessageQueue } from "../route/message_queue.ts";
import { publishQueues } from "../route/publish_queues.ts";
import { staticQueues } from "../route/static_queues.ts";
import { subscribeQueues } from "../route/subscribe_queues.ts";
import type { AddCommand } from "./add_command.ts";
import { queuesReport, type TopicQueues } from "./queues_report.ts";
import { reportLines } from "./report.ts";

/** `namesrv queues TOPIC`: the queues that clients send to and read from. */
export const addQueuesCommand: AddCommand = (program, shell) => {
  program.command("queues")
    .summary("show the queues that clients of a topic use")
    .description("Show the queues of a topic that producers send to and consumers read from, as clients compute them from its route.")
    .argument("<topic>", "name of the topic")
    .action(async (topic: string) => {
      const { value: route, server } = await shell.ask(requests.queryTopicRouteInfo, topic);
      const queues = computeQueues(topic, route, server);
      const { publish, subscribe, skipped } = queues;
      const brief = { topic, publish: publish.map(withoutTopic), subscribe: subscribe.map(withoutTopic), skippedOrderSegments: skipped };
      shell.show(brief, () => reportLines(queuesReport({ topic, server, ...queues })));
    });
};

function computeQueues(topic: string, route: TopicRouteData, address: string): TopicQueues {
  const skipped: string[] = [];
  try {
    const publish = publishQueues(topic, route, (segment) => skipped.push(segment));
    return { route, publish, subscribe: subscribeQueues(topic, route), hosts: staticQueues(topic, route), skipped };
  } catch (error) {
    // More queues than can be: the server's fault, not that of whoever typed the command
    throw error instanceof RangeError ? new NameServerDataParseError(error.message, { path: "", address, cause: error }) : error;
  }
}

function withoutTopic({ brokerName, queueId }: MessageQueue): Omit<MessageQueue, "topic"> {
  return { brokerName, queueId };
}
