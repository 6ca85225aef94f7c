import { actingSteps } from "./acting_steps.ts";
import { brokerSteps } from "./broker_steps.ts";
import { configSteps } from "./config_steps.ts";
import { departureSteps } from "./departure_steps.ts";
import { errorSteps } from "./error_steps.ts";
import { kvSteps } from "./kv_steps.ts";
import { protocolSteps } from "./protocol_steps.ts";
import { registrationBodySteps } from "./registration_body_steps.ts";
import { registrationSteps } from "./registration_steps.ts";
import { routeSteps } from "./route_steps.ts";
import type { Step } from "./step.ts";
import { topicSteps } from "./topic_steps.ts";

/** All that is believed about servers. */
export const steps: readonly Step[] = [
  ...protocolSteps,
  ...kvSteps,
  ...registrationSteps,
  ...registrationBodySteps,
  ...routeSteps,
  ...topicSteps,
  ...brokerSteps,
  ...departureSteps,
  ...actingSteps,
  ...configSteps,
  ...errorSteps,
];
