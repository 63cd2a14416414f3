import type { IConstruct } from "constructs";
import { IN_TIME } from "../../../config/objectives";
import { Application } from "../../apps/application";
import { everyOf } from "../../terraform/every";
import { containerPanels } from "./container-panels";
import type { Choice, DashboardSource } from "./dashboard";
import { answeredWithin, byHost, ERROR_LINES, failing, requests } from "./expressions";
import { chart, logs } from "./panel";

const CHOICE = "service";
/** What was chosen, as a regular expression. */
const NAMED = `"\${${CHOICE}:pipe}"`;
const CHOSEN = `service=~${NAMED}`;
const CHOSEN_LINES = `{service_name=~${NAMED}}`;
const NAMES = "A name is how the host begins; _apex is the domain itself. An application without a host is not there.";

/** Sprocket's own programs. */
export const applications: DashboardSource = {
  uid: "applications",
  title: "Applications",
  description: "How each of Sprocket's own programs does, and what it prints.",
  choices: (construct) => [choice(construct)],
  sections: (construct) => [
    {
      heading: "Containers",
      lines: [
        [
          chart("Containers that are well", {
            unit: "none",
            queries: { "{{service}}": `max by (service) (docker_swarm_tasks_running{${CHOSEN}})` },
          }),
          ...containerPanels(CHOSEN),
        ],
      ],
    },
    {
      heading: "Requests",
      lines: [
        [
          chart("Requests", {
            description: NAMES,
            unit: "reqps",
            queries: { "{{service}}": byHost(construct, requests(CHOSEN, "service")) },
          }),
          chart("Answered with an error", {
            description: `The share of the answers with a status of 500 or above. ${NAMES}`,
            unit: "percentunit",
            queries: { "{{service}}": byHost(construct, failing(CHOSEN, "service")) },
          }),
          chart(`${100 * IN_TIME} % answered within`, {
            description: NAMES,
            unit: "s",
            queries: { "{{service}}": byHost(construct, answeredWithin(IN_TIME, CHOSEN, "service")) },
          }),
        ],
      ],
    },
    {
      heading: "Logs",
      lines: [
        [
          chart("Lines", { unit: "none", from: "loki", queries: lines("") }),
          chart("Errors", {
            description: "Lines that call themselves an error. What has no level that Loki knows is not counted.",
            unit: "none",
            from: "loki",
            queries: lines(`| ${ERROR_LINES} `),
          }),
        ],
        [logs("Errors", `${CHOSEN_LINES} | ${ERROR_LINES}`)],
        [logs("All lines", CHOSEN_LINES)],
      ],
    },
  ],
};

function lines(filter: string) {
  return { "{{service_name}}": `sum by (service_name) (count_over_time(${CHOSEN_LINES} ${filter}[$__auto]))` };
}

/** One choice for what Swarm and Loki call an application, and for what Traefik calls it: no name is both. */
function choice(construct: IConstruct): Choice {
  const entries = everyOf(construct, Application).map(({ service, route }): readonly [string, string] => {
    const name = service.shortName;
    return [name, [name, ...(route === undefined ? [] : [route.traefikService])].join("|")];
  });
  return { name: CHOICE, label: "Application", among: Object.fromEntries(entries.sort()) };
}
