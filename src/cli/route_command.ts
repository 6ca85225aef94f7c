import type { TopicRouteData } from "../model/topic_route.ts";
import { requests } from "../request/mod.ts";
import type { AddCommand } from "./add_command.ts";
import { naturalOrder } from "./natural_order.ts";
import { reportLines } from "./report.ts";
import { routeReport } from "./route_report.ts";

/** `namesrv route TOPIC`: which brokers serve a topic. */
export const addRouteCommand: AddCommand = (program, shell) => {
  program.command("route")
    .summary("show which brokers serve a topic")
    .description("Show which brokers serve a topic: their addresses, queues and permission.")
    .argument("<topic>", "name of the topic")
    .action(async (topic: string) => {
      const { value, server } = await shell.ask(requests.queryTopicRouteInfo, topic);
      const route = inOrder(value);
      shell.show(route, () => reportLines(routeReport({ topic, route, server })));
    });
};

/** Servers list brokers and queues in no order. */
function inOrder(route: TopicRouteData): TopicRouteData {
  return { ...route, queueDatas: byBrokerName(route.queueDatas), brokerDatas: byBrokerName(route.brokerDatas) };
}

function byBrokerName<T extends { readonly brokerName: string }>(list: readonly T[]): readonly T[] {
  return [...list].sort((a, b) => naturalOrder(a.brokerName, b.brokerName));
}
