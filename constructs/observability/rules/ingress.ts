import { SLOW_SECONDS } from "../../../config/objectives";
import { Duration } from "../../swarm/duration";
import type { AlertRule, Declared, RuleGroup, Severity } from "./rule";
import { SEEN } from "./services";

const REQUESTS = "traefik_service_requests_total";
/** Few failed requests of few are no pattern. */
const ENOUGH_PER_SECOND = 0.1;

/** Which service answers at a host, by the labels `service` and `route`. */
export const ROUTES = "sprocket:route:service";

/**
 * How long each certificate is still good. After a renewal Traefik goes on telling of the former one:
 * https://github.com/traefik/traefik/issues/8606
 */
export const CERTIFICATE_SECONDS = "min by (cn) (max by (cn, sans) (traefik_tls_certs_not_after)) - time()";

/** What goes wrong with what people ask from outside. */
export function ingressRules({ routes }: Declared): RuleGroup {
  const perSecond = (selector = "") => `sum by (service) (rate(${REQUESTS}${selector}[5m]))`;
  return {
    name: "ingress",
    rules: [
      ...routes.map(({ host, service }) => ({
        record: ROUTES,
        expression: "vector(1)",
        labels: { route: host, service: service.shortName },
      })),
      {
        alert: "ProbeFails",
        severity: "critical",
        // With the service's name, so that it is not told beside what is told of the service.
        expression: `${ROUTES} and on (route) label_replace(gatus_results_endpoint_success == 0, "route", "$1", "name", "(.*)") and on (service) ${SEEN}`,
        lasts: Duration.minutes(2),
        summary: "{{ $labels.route }} does not answer as it should.",
      },
      {
        alert: "ErrorsMany",
        severity: "critical",
        expression: `100 * ${perSecond('{code=~"5.."}')} / ${perSecond()} > 10 and ${perSecond()} > ${ENOUGH_PER_SECOND}`,
        lasts: Duration.minutes(3),
        summary: "{{ $labels.service }} answered {{ $value | humanize }} % of its requests with an error.",
      },
      {
        alert: "AnswersSlow",
        severity: "warning",
        expression: `histogram_quantile(0.95, sum by (service, le) (rate(traefik_service_request_duration_seconds_bucket{protocol="http"}[5m]))) > ${SLOW_SECONDS} and on (service) ${perSecond()} > ${ENOUGH_PER_SECOND}`,
        lasts: Duration.minutes(5),
        summary: "One of twenty answers of {{ $labels.service }} takes {{ $value | humanizeDuration }} or longer.",
      },
      certificate("CertificateExpires", "warning", 21),
      certificate("CertificateExpiresSoon", "critical", 7),
    ],
  };
}

function certificate(alert: string, severity: Severity, days: number): AlertRule {
  return {
    alert,
    severity,
    about: "certificate",
    expression: `${CERTIFICATE_SECONDS} < ${days} * 86400`,
    lasts: Duration.minutes(10),
    summary: "The certificate of {{ $labels.cn }} expires in {{ $value | humanizeDuration }}.",
  };
}
