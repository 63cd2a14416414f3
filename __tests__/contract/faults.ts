import { applicationHealthCheck, variablesOfDeaf } from "../../constructs/apps/application-health";
import { gracefully } from "../../constructs/apps/graceful-stop";
import { Duration } from "../../constructs/swarm/duration";
import { TRUST_BOUNDARIES, type TrustBoundaryName } from "../../constructs/swarm/trust-networks";
import { configurationFaults, foundKeys } from "./configuration-faults";
import { type Contract, type ContractApplication, OURS } from "./contract";
import { BROKER, type DeployedApplication, type DeployedApplications } from "./deployed-application";
import { migrationFaults } from "./migration-faults";
import { secondsIn } from "./seconds";
import { sharedFaults } from "./shared-faults";
import { textOf } from "./values";

const SECRETS_FOLDER = "/app/secret/";

/**
 * What Node.js itself and its libraries read. The contract of the image generator's frontend does not list it, because
 * its own source does not ask for it; without it, libraries take themselves to be on a developer's machine.
 */
const VARIABLES_OF_NODE = ["NODE_ENV"];
/**
 * Where the database may lack its schema, the page that reads a table of it says nothing about the frontend, and the one
 * that only says that it has started takes its place.
 */
const WITHOUT_SCHEMA = { name: "image-generation-frontend", page: "/api/imageTypes", instead: "/" };

/** What is wrong with an environment's applications by the contract, by what they are called and where. */
export function contractFaults(contract: Contract, deployed: DeployedApplications): readonly string[] {
  const { applications, storageIsOutside } = deployed;
  const names = applications.map(({ name }) => name);
  return [
    ...Object.keys(contract.services)
      .filter((name) => !names.includes(name))
      .map((name) => `${name}: nothing runs it`),
    ...applications.flatMap((application) => {
      const contracted = contract.services[application.name];
      return contracted === undefined
        ? [`${application.name}: the contract does not know it`]
        : [
            ...configurationFaults(contract, contracted, application),
            ...secretFaults(contracted, application),
            ...variableFaults(contracted, application),
            ...commandFaults(contracted, application),
            ...healthFaults(contracted, application, deployed.migrations?.environment.WITHOUT_SCHEMA === "allowed"),
            ...rolloutFaults(contracted, application),
            ...folderFaults(contract, contracted, application),
            ...networkFaults(contracted, application, storageIsOutside),
            ...portFaults(contracted, application),
          ];
    }),
    ...sharedFaults(contract, applications),
    ...migrationFaults(contract, deployed),
  ];
}

function secretFaults({ secretFiles }: ContractApplication, { name, files }: DeployedApplication): readonly string[] {
  const mounted = files.filter(({ path }) => path.startsWith(SECRETS_FOLDER));
  return [
    ...secretFiles
      .filter(({ path, required }) => required && !mounted.some((file) => file.path === path))
      .map(({ path }) => `${name}: ${path} is not mounted`),
    ...mounted.flatMap(({ path, source, content }) => {
      const listed = secretFiles.find((file) => file.path === path);
      return [
        ...(listed === undefined ? [`${name}: ${path} is mounted, which it does not read`] : []),
        ...(source === "config" ? [`${name}: ${path} is a config, which anybody may read`] : []),
        // What Vault keeps has no line end, which is all that such a file may be made of.
        ...(listed?.trimmed === false && content.kind !== "reference"
          ? [`${name}: ${path} is taken as it is, and should be a secret alone`]
          : []),
      ];
    }),
  ];
}

function variableFaults({ env }: ContractApplication, application: DeployedApplication): readonly string[] {
  const { name, environment, args } = application;
  const isNode = args.includes("node");
  return [
    ...env
      .filter((variable) => variable.required && !(variable.name in environment))
      .map((variable) => `${name}: the environment variable ${variable.name} is missing`),
    ...Object.keys(environment).flatMap((key) => {
      const variable = env.find((each) => each.name === key);
      if (variable === undefined) {
        const isRead = (isNode && VARIABLES_OF_NODE.includes(key)) || key.startsWith(OURS);
        return isRead ? [] : [`${name}: the environment variable ${key} is set, which it does not read`];
      }
      const { sensitive, overrides, purpose } = variable;
      return [
        ...(sensitive === true ? [`${name}: the environment variable ${key} is sensitive`] : []),
        ...(overrides === undefined ? [] : [`${name}: the environment variable ${key} overrides ${overrides}`]),
        ...(/must never be set|do not set|leave (it )?unset/.test(purpose)
          ? [`${name}: the environment variable ${key} is set: ${purpose}`]
          : []),
      ];
    }),
  ];
}

/** Behind the shell that hands on SIGTERM, the program is exactly that of the image. */
function commandFaults({ command, workdir }: ContractApplication, application: DeployedApplication): readonly string[] {
  const { name, args, directory } = application;
  const [drain, ...program] = args;
  const wrapper = gracefully([], Duration.zero).command;
  const rightDirectory = command.execFormWorkdir ?? workdir.split(" ")[0];
  return [
    ...(same(application.command, wrapper)
      ? []
      : [`${name}: it runs behind ${application.command.slice(0, 2).join(" ")}`]),
    ...(/^\d+$/.test(drain ?? "") ? [] : [`${name}: it goes on serving for ${drain} seconds`]),
    ...(same(program, command.execForm)
      ? []
      : [`${name}: it runs ${program.join(" ")} in place of ${command.execForm.join(" ")}`]),
    // The image's own folder need not be named.
    ...((directory ?? workdir.split(" ")[0]) === rightDirectory
      ? []
      : [`${name}: it runs in ${directory} in place of ${rightDirectory}`]),
  ];
}

function healthFaults(
  { health }: ContractApplication,
  application: DeployedApplication,
  mayLackSchema: boolean,
): readonly string[] {
  const { recommended } = health;
  const { name, healthCheck, environment } = application;
  const { test, startPeriod, timeout } = healthCheck;
  const lacks = mayLackSchema && name === WITHOUT_SCHEMA.name;
  const asked = lacks
    ? recommended.test.map((word) => word.replace(WITHOUT_SCHEMA.page, WITHOUT_SCHEMA.instead))
    : recommended.test;
  const right = unquoted(asked);
  const hearing = unquoted(withHearing(asked, startPeriod));
  const missing = ["SPROCKET_TASK_SLOT"].filter((key) => environment[key] !== variablesOfDeaf("")[key]);
  const allowed = [right, hearing];
  return [
    ...(allowed.some((each) => same(each, unquoted(test)))
      ? []
      : [`${name}: its health check is ${test.join(" ")} in place of ${right.join(" ")}`]),
    ...(same(hearing, unquoted(test)) ? missing : []).map(
      (key) =>
        `${name}: the environment variable ${key} is not the container's number, which its health check takes it for`,
    ),
    ...(secondsIn(startPeriod) >= secondsIn(recommended.startPeriod)
      ? []
      : [`${name}: it may take ${startPeriod} to start in place of ${recommended.startPeriod}`]),
    ...(secondsIn(timeout) >= secondsIn(recommended.timeout)
      ? []
      : [`${name}: its health check may take ${timeout} in place of ${recommended.timeout}`]),
  ];
}

/** The check, and the question whether the broker is younger than the container. */
function withHearing(test: readonly string[], startPeriod: string): readonly string[] {
  return applicationHealthCheck(test, Duration.seconds(secondsIn(startPeriod)), BROKER).command;
}

/** To a shell, a URL without anything special in it is the same with and without quotes. */
function unquoted(words: readonly string[]): readonly string[] {
  return words.map((word) => word.replaceAll(/'(https?:[^']*)'/g, "$1"));
}

function rolloutFaults({ scaling }: ContractApplication, application: DeployedApplication): readonly string[] {
  const { name, orders, replicas } = application;
  const { safeReplicas, updateOrder } = scaling;
  const most = typeof safeReplicas === "number" ? safeReplicas : Number.POSITIVE_INFINITY;
  return [
    ...orders
      .filter((order) => order !== updateOrder)
      .map((order) => `${name}: it rolls ${order} in place of ${updateOrder}`),
    ...(replicas <= most ? [] : [`${name}: there are ${replicas} of it, and at most ${most} are safe`]),
    ...(replicas >= 1 ? [] : [`${name}: none of it would ever run`]),
  ];
}

/** What it writes must be writable, and what it needs of its image must lie below nothing else. */
function folderFaults(
  contract: Contract,
  contracted: ContractApplication,
  application: DeployedApplication,
): readonly string[] {
  const { name, writable, hidden } = application;
  const isIn = (path: string) => (folder: string) => path === folder || path.startsWith(`${folder}/`);
  const written = (contracted.writes ?? []).map((place) => {
    const [path = ""] = place.split(" ");
    // It may be named by a key in place of a path.
    const key = foundKeys(contract, contracted, application).find((found) => found.path === path);
    return key === undefined ? path : textOf(key.value);
  });
  return [
    ...written
      .filter((path) => writable !== "anywhere" && !writable.some(isIn(path)))
      .map((path) => `${name}: it cannot write ${path}`),
    ...(contracted.bakedFiles ?? [])
      .filter((path) => hidden.some(isIn(path)))
      .map((path) => `${name}: something lies upon ${path}, which it needs of its image`),
  ];
}

/** The networks of which one is enough to reach what an application needs. */
function networksTo(
  { service, tls }: ContractApplication["needs"][number],
  storageIsOutside: boolean,
): readonly TrustBoundaryName[] {
  const outside = (Object.keys(TRUST_BOUNDARIES) as TrustBoundaryName[]).filter(
    (name) => !TRUST_BOUNDARIES[name].internal,
  );
  // Through Traefik, as browsers do.
  const inside: readonly TrustBoundaryName[] = ["ingressPublic", "ingressOperators"];
  const networks: Readonly<Record<string, readonly TrustBoundaryName[]>> = {
    postgres: ["postgres"],
    redis: ["redis"],
    rabbitmq: ["rabbitmq"],
    influx: ["influxdb"],
    s3: storageIsOutside ? outside : inside,
    internet: outside,
    // The other applications are reached by the broker, and so is the API by most of them.
    core: tls.startsWith("none") ? inside : [],
  };
  return networks[service] ?? [];
}

function networkFaults(
  { needs, port }: ContractApplication,
  { name, networks }: DeployedApplication,
  storageIsOutside: boolean,
): readonly string[] {
  const ways = needs.map((need) => ({ service: need.service, by: networksTo(need, storageIsOutside) }));
  const useful = [...ways.flatMap(({ by }) => by), ...(port === null ? [] : ["ingressPublic", "ingressOperators"])];
  return [
    ...ways
      .filter(({ by }) => by.length > 0 && !by.some((network) => networks.includes(network)))
      .map(({ service, by }) => `${name}: it reaches no ${service}, being on none of ${by.join(", ")}`),
    ...networks
      .filter((network) => !useful.includes(network))
      .map((network) => `${name}: it is on ${network}, where it needs nothing`),
  ];
}

function portFaults({ port }: ContractApplication, { name, routedPorts }: DeployedApplication): readonly string[] {
  const right = port === null ? [] : [port.listen];
  return same(routedPorts, right)
    ? []
    : [`${name}: Traefik calls its ports [${routedPorts}], and it listens on [${right}]`];
}

function same(left: readonly unknown[], right: readonly unknown[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
