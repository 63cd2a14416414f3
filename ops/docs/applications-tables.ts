import { isSingle } from "../../config/applications";
import { selectEnvironments } from "../../config/environments";
import { SECRETS } from "../../config/secrets/catalogue";
import type { Secret } from "../../config/secrets/secret";
import type { Application } from "../../constructs/apps/application";
import type { Audience } from "../../constructs/ingress/http-route";
import type { Duration } from "../../constructs/swarm/duration";
import { type DocumentedApplication, documentedApplications } from "./documented-applications";
import { code, table } from "./markdown";

const NOTHING = "–";
const MEBIBYTE = 1024 * 1024;

const WHO_ENTERS: Readonly<Record<Audience, string>> = { public: "anybody", operators: "operators" };

const UPDATES: Readonly<Record<string, string>> = {
  "start-first": "the new container starts first",
  "stop-first": "the old container ends first",
};

/** The tables about the applications, by the names of the parts that they are. */
export function applicationsTables(): Readonly<Record<string, string>> {
  const applications = documentedApplications();
  return {
    services: servicesTable(applications),
    routes: routesTable(applications),
    reach: reachTable(applications),
    life: lifeTable(applications),
    health: healthTable(applications),
  };
}

/** The table about how many containers there are of each application. */
export function replicasTables(): Readonly<Record<string, string>> {
  const environments = selectEnvironments(undefined);
  return {
    replicas: table(
      ["Application", "May there be several?", ...environments.map(({ name }) => code(name))],
      documentedApplications().map(({ name, everywhere }) => [
        code(name),
        isSingle(name) ? "no" : "yes",
        ...everywhere.map(({ construct }) => containersOf(construct)),
      ]),
    ),
  };
}

function servicesTable(applications: readonly DocumentedApplication[]): string {
  return table(
    ["Application", "Terraform's address", "Service in the Swarm", "Image", "Tag"],
    applications.map((application) => [
      code(application.name),
      application.tell(({ construct }) => code(`docker_service.${construct.service.resource.friendlyUniqueId}`)),
      application.tell(({ construct, environment }) =>
        code(construct.service.serviceName.replace(environment.prefix, "<prefix>")),
      ),
      application.tell(({ image }) => code(partsOf(image.reference).repository)),
      application.tell(({ image }) => code(partsOf(image.reference).tag)),
    ]),
  );
}

/** `docker.io/library/redis:8@sha256:…` in parts. */
function partsOf(reference: string): { readonly repository: string; readonly tag: string } {
  const [, repository = reference, tag = "latest"] = /^(.+):([^:@/]+)(?:@.+)?$/.exec(reference) ?? [];
  return { repository, tag };
}

function routesTable(applications: readonly DocumentedApplication[]): string {
  return table(
    ["Application", "Who may enter", ...selectEnvironments(undefined).map(({ name }) => code(name))],
    applications
      .filter(({ everywhere }) => everywhere.some(({ construct }) => construct.route !== undefined))
      .map((application) => [
        code(application.name),
        application.tell(({ construct: { route } }) => (route === undefined ? "nobody" : WHO_ENTERS[route.audience])),
        ...application.everywhere.map(({ construct: { route } }) => (route === undefined ? NOTHING : code(route.host))),
      ]),
  );
}

function reachTable(applications: readonly DocumentedApplication[]): string {
  return table(
    ["Application", "Networks", "Secrets"],
    applications.map((application) => [
      code(application.name),
      application.tell(({ construct: { service }, environment }) =>
        list(service.networks.map(({ name }) => name.replace(`${environment.prefix}-`, ""))),
      ),
      list(secretsOf(application.name)),
    ]),
  );
}

function list(names: readonly string[]): string {
  return names.length === 0 ? NOTHING : names.map(code).join(", ");
}

function secretsOf(reader: string): readonly string[] {
  return Object.entries<Secret>(SECRETS).flatMap(([path, { users }]) => (users.includes(reader) ? [path] : []));
}

function lifeTable(applications: readonly DocumentedApplication[]): string {
  return table(
    [
      "Application",
      "Processors",
      "Memory",
      "Containers",
      "In an update",
      "Start takes at most",
      "Told to end, it serves on for",
      "End takes at most",
      "Started anew after",
    ],
    applications.map((application) => [
      code(application.name),
      application.tell(({ construct: { service } }) => String(service.limits.cpus)),
      application.tell(({ construct: { service } }) => `${service.limits.memory.bytes / MEBIBYTE} MiB`),
      application.tell(({ construct }) => containersOf(construct)),
      application.tell(({ construct: { service } }) => UPDATES[service.resource.updateConfigInput?.order ?? ""] ?? ""),
      application.tell(({ construct }) => inWords(construct.startPeriod)),
      application.tell(({ construct: { drain } }) => (drain.seconds === 0 ? NOTHING : inWords(drain))),
      application.tell(({ construct }) => inWords(construct.stopGracePeriod)),
      application.tell(({ construct: { service } }) => inWords(service.resource.taskSpecInput?.restartPolicy?.delay)),
    ]),
  );
}

/** How many containers. */
function containersOf({ service: { replicas, mayBeOff } }: Application): string {
  return mayBeOff ? `${replicas}, or none while it is off` : String(replicas);
}

/** `1m30s` as people write it. */
function inWords(duration: Duration | string | undefined): string {
  const units: Readonly<Record<string, string>> = { h: "h", m: "min", s: "s", ms: "ms" };
  return [...String(duration).matchAll(/([\d.]+)(h|ms|m|s)/g)]
    .map(([, amount, unit = ""]) => `${amount} ${units[unit]}`)
    .join(" ");
}

function healthTable(applications: readonly DocumentedApplication[]): string {
  return table(
    ["Application", "The check of its image", "Is compared with the broker's age"],
    applications.map((application) => [
      code(application.name),
      application.tell(({ image: { healthCommand } }) => code(healthCommand.slice(1).join(" "))),
      application.tell(({ construct }) => (construct.deafAfterBroker ? "yes" : "no")),
    ]),
  );
}
