import { Duration } from "../../swarm/duration";
import type { Declared, RecordingRule, RuleGroup } from "./rule";

/** The containers that a service should have, by its label `service`. */
export const WANTED_REPLICAS = "sprocket:service_replicas:wanted";
/** The containers that it has and that are well: Swarm calls no other ones running. */
export const RUNNING = 'max by (service) (docker_swarm_tasks_running{service!=""})';
const DESIRED = 'max by (service) (docker_swarm_tasks_desired{service!=""})';
const RESTARTS_WINDOW = Duration.minutes(15);
/** Swarm keeps four containers that ended beside one that runs, so that more can hardly be seen. */
const RESTARTS_ALLOWED = 3;
/** For as long the oldest counts that was just removed: while the next one is made, one fewer is there. */
const REMEMBERED = Duration.minutes(2);
/** How long Prometheus may be away without forgetting a service. */
const LONGEST_AWAY = Duration.minutes(6 * 60);
/** The services that were there once: one that is yet to be deployed for the first time is not missed. */
export const SEEN = "sprocket:service:seen";
/** Without whoever measures them, all services would seem to be gone. */
const MEASURED = "on () docker_swarm_tasks_running";

/** What goes wrong with services and their containers. */
export function serviceRules({ services }: Declared): RuleGroup {
  const ofContainer = (field: string) => `docker_container_${field}{service!=""}`;
  // One that just ended is told of as running for a while as well.
  const startedAt = `max by (service, container_name) (last_over_time(${ofContainer("status_started_at")}[${REMEMBERED.toString()}]))`;
  return {
    name: "services",
    rules: [
      ...services.flatMap(({ shortName, replicas, mayBeOff }): readonly RecordingRule[] =>
        mayBeOff || replicas === "global"
          ? []
          : [
              {
                record: WANTED_REPLICAS,
                expression: `vector(${replicas})`,
                labels: { service: shortName },
              },
            ],
      ),
      { record: SEEN, expression: `0 * ${DESIRED} + 1 or last_over_time(${SEEN}[${LONGEST_AWAY.toString()}])` },
      {
        alert: "ServiceDown",
        severity: "critical",
        // One that is not there any more has no containers either.
        expression: `(${WANTED_REPLICAS} > on (service) (${RUNNING} or on (service) 0 * ${SEEN}) or on (service) ${DESIRED} > ${RUNNING}) and ${MEASURED}`,
        lasts: Duration.minutes(2),
        summary: "{{ $labels.service }} has fewer containers that are well than it should have.",
      },
      {
        alert: "ContainersRestart",
        severity: "critical",
        // Of each place that a service has for a container: an update starts one in every place.
        expression: `max by (service) (count by (service, slot) (label_replace(time() - ${startedAt} / 1e9 < ${RESTARTS_WINDOW.seconds}, "slot", "$1", "container_name", ".*[.]([0-9]+)[.].*"))) - 1 > ${RESTARTS_ALLOWED}`,
        lasts: Duration.minutes(1),
        summary: `{{ $labels.service }} was started again {{ $value }} times in ${RESTARTS_WINDOW.toString()}: its containers end again and again.`,
      },
      {
        alert: "ContainerOutOfMemory",
        severity: "warning",
        expression: `max by (service) (${ofContainer("status_oomkilled")} == 1 and on (container_name) time() - ${ofContainer("status_finished_at")} / 1e9 < 3600)`,
        lasts: Duration.zero,
        summary: "A container of {{ $labels.service }} was ended because it took more memory than its limit.",
      },
      {
        alert: "ContainerMemoryShort",
        severity: "warning",
        expression: `max by (service) (${ofContainer("mem_usage_percent")}) > 90`,
        lasts: Duration.minutes(10),
        summary: "{{ $labels.service }} takes {{ $value | humanize }} % of its memory limit.",
      },
    ],
  };
}
