import type { z } from "zod";
import { lan } from "./environments/lan";
import { local } from "./environments/local";
import { production } from "./environments/production";
import { staging } from "./environments/staging";
import { type Fault, rejectFaults } from "./faults";
import { type Environment, type EnvironmentInput, environmentSchema } from "./schema";
import { type CheckedFile, sharedAccountFaults } from "./shared-account";

/** Every environment, by its file in `config/environments/`. Adding one is its file and its line here. */
const files = { production, staging, lan, local };

/** The environment variable that names the environments to synthesise, separated by commas. */
export const SELECTION_VARIABLE = "SPROCKET_ENVIRONMENTS";

/**
 * Checks environments, each by itself and all against each other.
 *
 * @param inputs what people wrote, by the name of its file in `config/environments/`
 * @throws FaultsError with every fault of every file
 */
export function checkEnvironments(inputs: Readonly<Record<string, EnvironmentInput>>): readonly Environment[] {
  const checked: CheckedFile[] = [];
  const faults: Fault[] = [];
  for (const [file, input] of Object.entries(inputs)) {
    const { success, data, error } = environmentSchema.safeParse(input, { error: adviceOnUnknown });
    if (success) {
      checked.push({ file, environment: data });
    } else {
      faults.push(...error.issues.map((issue) => faultOf(file, input, issue)));
    }
  }
  faults.push(
    ...sharedValues(inputs, "name"),
    ...sharedValues(inputs, "prefix"),
    ...nestedDomains(checked),
    ...nestedPrefixes(checked),
    ...sharedAccountFaults(checked),
  );
  rejectFaults("config/environments", faults);
  return checked.map(({ environment }) => environment);
}

/**
 * The environments that a person chose, or all of them.
 *
 * @param selection names separated by commas; undefined or empty means every environment
 * @throws FaultsError when a name is unknown, listing the known ones
 */
export function selectEnvironments(
  selection: string | undefined,
  known: readonly Environment[] = checkEnvironments(files),
): readonly Environment[] {
  const names = (selection ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const knownNames = known.map(({ name }) => name);
  const unknown = names.filter((name) => !knownNames.includes(name));
  rejectFaults(
    SELECTION_VARIABLE,
    unknown.map((name) => ({
      where: name,
      message: `there is no such environment; the known ones are ${knownNames.join(", ")}`,
    })),
  );
  return names.length === 0 ? known : known.filter(({ name }) => names.includes(name));
}

function sharedValues(inputs: Readonly<Record<string, EnvironmentInput>>, key: "name" | "prefix"): Fault[] {
  const entries = Object.entries(inputs);
  return entries.flatMap(([file, input], index) => {
    const [twin] = entries.slice(0, index).find(([, earlier]) => earlier[key] === input[key]) ?? [];
    return twin === undefined || input[key] === undefined
      ? []
      : [{ where: `${file}.ts ${key}`, message: `got "${input[key]}", which is ${twin}.ts's; write another` }];
  });
}

/** Operators' cookies are for a whole domain, so one inside another would receive the other's. */
function nestedDomains(checked: readonly CheckedFile[]): Fault[] {
  const domains = checked.flatMap(({ file, environment: { hosts } }) =>
    hosts.kind === "domain" ? [{ file, domain: hosts.domain }] : [],
  );
  return domains.flatMap(({ file, domain }, index) => {
    const where = `${file}.ts hosts.domain`;
    const twin = domains.slice(0, index).find((earlier) => earlier.domain === domain);
    const outer = domains.find((other) => domain.endsWith(`.${other.domain}`));
    return [
      ...(twin === undefined ? [] : [{ where, message: `got "${domain}", which is ${twin.file}.ts's; write another` }]),
      ...(outer === undefined
        ? []
        : [
            {
              where,
              message: `got "${domain}", which is inside ${outer.file}.ts's; write one beside it, not below it`,
            },
          ]),
    ];
  });
}

/** What an environment has in a Swarm is told from another's by how its name begins. */
function nestedPrefixes(checked: readonly CheckedFile[]): Fault[] {
  return checked.flatMap(({ file, environment: { prefix } }) => {
    const outer = checked.find(({ environment }) => prefix.startsWith(`${environment.prefix}-`));
    return outer === undefined
      ? []
      : [
          {
            where: `${file}.ts prefix`,
            message: `got "${prefix}", which begins as ${outer.file}.ts's; write one that does not begin with "${outer.environment.prefix}-"`,
          },
        ];
  });
}

/** What to do about a setting that nobody knows, where the schema itself has no better advice. */
function adviceOnUnknown({ code }: z.core.$ZodRawIssue): string | undefined {
  return code === "unrecognized_keys" ? "remove it" : undefined;
}

function faultOf(file: string, input: unknown, issue: z.core.$ZodIssue): Fault {
  const where = [`${file}.ts`, issue.path.join(".")].filter((part) => part !== "").join(" ");
  if (issue.code === "unrecognized_keys") {
    return {
      where,
      message: `there is no setting ${issue.keys.map((key) => `"${key}"`).join(", ")}; ${issue.message}`,
    };
  }
  return { where, message: `got ${describe(valueAt(input, issue.path))}; ${issue.message}` };
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], input);
}

function describe(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
