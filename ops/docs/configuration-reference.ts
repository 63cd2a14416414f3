import { contradictions } from "../../config/contradictions";
import { selectEnvironments } from "../../config/environments";
import { code, GENERATED, prose, table } from "./markdown";
import { settings } from "./settings";

const INTRODUCTION = `# Configuration reference

An environment is a file in \`config/environments/\`, named in \`config/environments.ts\`. This page lists
what such a file may say. A setting that is not here is refused
([ADR 0013](../decisions/0013-configuration-as-checked-data.md)).`;

const TOGETHER = `Two environments may not share a \`name\` or a \`prefix\`; the prefix of one may not begin with another's and a
hyphen, and the domain of one may not be inside another's.`;

const COMMITTED = `A default is shown like a value. Domains, addresses, e-mail addresses, the GitHub organisation, teams,
repository and bucket are examples: write your own before you deploy.`;

/** The page about the settings of an environment. */
export function configurationReference(): string {
  return [
    GENERATED,
    INTRODUCTION,
    "## Settings",
    settingsTable(),
    "## What is refused",
    "Settings that contradict each other stop synthesis, with this message.",
    contradictionsTable(),
    TOGETHER,
    "## The committed environments",
    COMMITTED,
    environmentsTable(),
    "",
  ].join("\n\n");
}

function settingsTable(): string {
  return table(
    ["Setting", "Allowed", "Where it is left out", "Meaning"],
    settings().map(({ path, allowed, otherwise, description }) => [
      code(path),
      prose(allowed),
      otherwise,
      prose(description),
    ]),
  );
}

function contradictionsTable(): string {
  return table(
    ["Setting", "Message"],
    contradictions.map(({ path, message }) => [code(path.join(".")), prose(message)]),
  );
}

function environmentsTable(): string {
  const paths = settings().map(({ path }) => path);
  const sections = new Set(paths.map((path) => path.slice(0, path.lastIndexOf("."))));
  const environments = selectEnvironments(undefined).map((environment) => ({
    name: environment.name,
    values: valuesIn(environment, sections, ""),
  }));
  const used = paths.filter((path) => environments.some(({ values }) => values.has(path)));
  return table(
    ["Setting", ...environments.map(({ name }) => code(name))],
    used.map((path) => [code(path), ...environments.map(({ values }) => values.get(path) ?? "–")]),
  );
}

/** What an environment says, by the path of each setting; what a person names is no setting of its own. */
function valuesIn(value: object, sections: ReadonlySet<string>, parent: string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(value).flatMap(([name, part]) => {
      const path = parent === "" ? name : `${parent}.${name}`;
      const isSection = sections.has(path) && Object.keys(part).length > 0;
      return isSection ? [...valuesIn(part, sections, path)] : [[path, code(JSON.stringify(part))] as const];
    }),
  );
}
