import { RABBITMQ_METRICS_PORT } from "../../config/data/rabbitmq";
import { Duration } from "../swarm/duration";
import type { HealthCheck } from "../swarm/health-check";

/** How much older than the broker a container may be: both start together when a machine does. */
const SLACK_SECONDS = 30;
/** Longer than the broker is away when it restarts: to end whoever waits for it would make that worse. */
const RETRIES = 9;
/** How much longer than a start one container of an application waits for the one before it to be back. */
const SECONDS_APART = 30;

/**
 * What an application that stays deaf once the broker went away and came back has in its environment: its number among
 * the containers of its service, in Swarm's terms, and the broker's revision, so that a change of the broker replaces it.
 */
export function variablesOfDeaf(revision: string): Readonly<Record<string, string>> {
  return { SPROCKET_TASK_SLOT: "{{.Task.Slot}}", SPROCKET_BROKER_REVISION: revision };
}

/**
 * The health check of an application.
 *
 * @param healthCommand how it is asked whether it is well, in Docker's form
 * @param broker the host of the message broker, for an application that stays deaf once the broker went away and came
 * back: it is unhealthy then, and Swarm starts it anew. It needs {@link variablesOfDeaf}
 */
export function applicationHealthCheck(
  healthCommand: readonly string[],
  startPeriod: Duration,
  broker?: string,
): HealthCheck {
  const [kind = "", ...words] = healthCommand;
  const command =
    broker === undefined
      ? healthCommand
      : ["CMD-SHELL", `${lineOf(kind, words)} && {${hearingCheck(broker, startPeriod)}}`];
  // Longer than both of the requests that it may hold.
  return { command, startPeriod, timeout: Duration.seconds(8), retries: RETRIES };
}

function lineOf(kind: string, words: readonly string[]): string {
  return kind === "CMD-SHELL" ? words.join(" ") : words.map((word) => `'${word}'`).join(" ");
}

/**
 * Compares how long the broker has run with how long the container has. A broker that does not answer proves nothing.
 * The second container of an application waits until the first has been started anew, and so on.
 */
function hearingCheck(broker: string, startPeriod: Duration): string {
  const url = `http://${broker}:${RABBITMQ_METRICS_PORT}/metrics/detailed?family=node_metrics`;
  return `
  broker=$(wget -q -T 3 -O - '${url}' | sed -n 's/^rabbitmq_detailed_erlang_uptime_seconds \\([0-9]*\\).*/\\1/p')
  up=$(cut -d . -f 1 /proc/uptime)
  began=$(cut -d ' ' -f 22 /proc/1/stat)
  [ -z "$broker" ] || [ "$broker" -ge $((up - began / 100 - ${SLACK_SECONDS})) ] ||
    [ "$broker" -lt $(((SPROCKET_TASK_SLOT - 1) * ${startPeriod.seconds + SECONDS_APART})) ]
`;
}
