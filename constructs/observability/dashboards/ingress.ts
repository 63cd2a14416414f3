import { HttpRoute } from "../../ingress/http-route";
import { CERTIFICATE_SECONDS } from "../rules/ingress";
import { publicServices } from "../rules/objectives";
import type { DashboardSource } from "./dashboard";
import { answeredWithin, byHost, failing, requests } from "./expressions";
import { probeDurations, probes, publicAnsweredWithin, publicFailing, publicRequests } from "./ingress-panels";
import { chart, stat } from "./panel";

const QUANTILES = [0.5, 0.95, 0.99] as const;
const NAMES = "A name is how the host begins; _apex is the domain itself.";

/** What is asked from outside, and how it is answered. */
export const ingress: DashboardSource = {
  uid: "ingress",
  title: "Ingress",
  description: "What is asked of Sprocket by way of Traefik, and how it is answered.",
  sections: (construct) => {
    const asked = publicServices(HttpRoute.all(construct));
    return [
      {
        lines: [
          [
            publicRequests(asked),
            publicFailing(asked),
            ...QUANTILES.map((share) => publicAnsweredWithin(share, asked)),
            stat("First certificate expires in", {
              description: "Traefik renews a certificate a month before. Nothing where it has none.",
              unit: "d",
              limits: { below: { orange: 21, red: 7 } },
              queries: { days: `min(${certificateDays()})` },
              nothing: "no certificate",
            }),
          ],
          [
            chart("Requests", {
              description: NAMES,
              unit: "reqps",
              queries: { "{{service}}": byHost(construct, requests("", "service")) },
            }),
            chart("Answered with an error", {
              description: `The share of each host's answers with a status of 500 or above. ${NAMES}`,
              unit: "percentunit",
              limits: { above: { red: 0.1 } },
              queries: { "{{service}}": byHost(construct, failing("", "service")) },
            }),
          ],
          QUANTILES.map((share) =>
            chart(`${100 * share} % answered within`, {
              description: NAMES,
              unit: "s",
              queries: { "{{service}}": byHost(construct, answeredWithin(share, "", "service")) },
            }),
          ),
          [
            chart("Answers by status", { unit: "reqps", queries: { "{{code}}": requests("", "code") } }),
            chart("Open connections", {
              description: "By the entry point at which they came in.",
              unit: "none",
              queries: { "{{entrypoint}}": "sum by (entrypoint) (traefik_open_connections)" },
            }),
            chart("Certificates expire in", {
              unit: "d",
              limits: { below: { orange: 21, red: 7 } },
              queries: { "{{cn}}": certificateDays() },
            }),
          ],
        ],
      },
      { heading: "As the status page sees it", lines: [[probes(), probeDurations()]] },
    ];
  },
};

function certificateDays(): string {
  return `(${CERTIFICATE_SECONDS}) / 86400`;
}
