import type { IConstruct } from "constructs";
import { MAY_FAIL, PERIOD_DAYS } from "../../../config/objectives";
import type { SwarmService } from "../../swarm/swarm-service";
import { LayerStack } from "../../terraform/layer-stack";
import { RUNNING, WANTED_REPLICAS } from "../rules/services";

/** The containers that each service lacks; one that is not there at all lacks all of them. */
export const LACKING = `${WANTED_REPLICAS} - on (service) (${RUNNING} or on (service) 0 * ${WANTED_REPLICAS})`;
/** How long ago Swarm started each container, in seconds. */
const STARTED_AGO = "time() - docker_container_status_started_at";
/** Lines of a log that tell of something wrong, where Loki can see how bad a line is. */
export const ERROR_LINES = 'detected_level=~"error|critical|fatal"';

/** The mean of a recorded share over the period of the objectives, in which every hour counts the same. */
export function overPeriod(record: string): string {
  return `avg_over_time(${record}1h[${PERIOD_DAYS}d:5m])`;
}

/** The share of what may fail in a period that did not fail yet; below 0 where more failed. */
export function budgetLeft(record: string): string {
  return `1 - ${overPeriod(record)} / ${MAY_FAIL}`;
}

/** How fast a counter grows in a second. */
export function perSecond(counter: string): string {
  return `rate(${counter}[$__rate_interval])`;
}

/** The share of a counter in itself and another, by a label. */
export function shareOf(counter: string, other: string): string {
  return `${perSecond(counter)} / (${perSecond(counter)} + ${perSecond(other)} > 0)`;
}

/** How many containers of each service were started within the last hour. */
export function starts(selector: string): string {
  return `count by (service) (${STARTED_AGO}{${selector}} / 1e9 < 3600)`;
}

/** A selector of services by what they are called in metrics. */
export function selectorOf(services: readonly SwarmService[]): string {
  return `service=~"${anyOf(services.map(({ shortName }) => shortName))}"`;
}

/** Requests per second, in all or by a label. */
export function requests(selector: string, by?: "service" | "code"): string {
  const sum = by === undefined ? "sum" : `sum by (${by})`;
  return `${sum} (${perSecond(`traefik_service_requests_total{${selector}}`)})`;
}

/** The share of requests that were answered with an error of the server's. */
export function failing(selector: string, by?: "service"): string {
  const all = requests(selector, by);
  const failed = requests(`code=~"5..",${selector}`, by);
  // Where none failed, nothing was counted.
  return `(${failed} or 0 * ${all}) / (${all} > 0)`;
}

/** The time within which a share of the requests was answered, in seconds. */
export function answeredWithin(share: number, selector: string, by?: "service"): string {
  const buckets = perSecond(`traefik_service_request_duration_seconds_bucket{protocol="http",${selector}}`);
  return `histogram_quantile(${share}, sum by (${by === undefined ? "le" : `${by}, le`}) (${buckets}))`;
}

/** Figures of Traefik's services, called as their hosts begin. */
export function byHost(construct: IConstruct, expression: string): string {
  const { prefix } = LayerStack.of(construct).environment;
  return `label_replace(${expression}, "service", "$1", "service", "${prefix}-(.*)@swarm")`;
}

function anyOf(names: readonly string[]): string {
  return [...names].sort().join("|");
}
