import { basename, dirname } from "node:path";
import { argumentOf, type Expression } from "../support/expressions";
import type { Contract, ContractApplication, ContractFile, ContractKey } from "./contract";
import type { DeployedApplication, MountedFile } from "./deployed-application";
import { isMadeOfSecrets, kindOf, textOf } from "./values";

/** A key as an application finds it. */
export interface FoundKey {
  readonly path: string;
  readonly value: Expression;
  readonly file: MountedFile;
}

/**
 * How an application makes one configuration of several files: key by key, section by section, or not at all.
 */
type Lookup = "deep" | "shallow" | "one file";

/** What the parser's own `default.json` holds; a section that is mounted takes the place of a whole one there. */
const BAKED_KEYS: Readonly<Record<string, readonly string[]>> = {
  "replay-parse-service": ["parser", "ballchasing.maxRetries", "ballchasing.backoffFactor", "tempDir", "disableCache"],
};

/** What is wrong with an application's configuration files, and with the keys in them. */
export function configurationFaults(
  contract: Contract,
  contracted: ContractApplication,
  application: DeployedApplication,
): readonly string[] {
  const { name } = application;
  const documents = documentsOf(contracted, application);
  const found = foundKeys(contract, contracted, application);
  const required = contracted.configFiles.filter((file) => file.required && !file.bakedIntoImage);
  // What is mounted upon a file of the image has the keys that the image's own had.
  const known = [...required, ...contracted.configFiles.filter((file) => file.bakedIntoImage && file.keys.length > 0)];
  return [
    ...unlistedFiles(contracted, application),
    ...documents.filter(({ content }) => content === undefined).map(({ file }) => `${name}: ${file.path} is no JSON`),
    ...known
      .filter(({ path }) => !documents.some(({ file }) => file.path === path))
      .map(({ path }) => `${name}: ${path} is not mounted`),
    ...known.flatMap((file) => missingKeys(file, found).map((key) => `${name}: ${file.path} lacks ${key}`)),
    ...documents
      .flatMap(keysOf)
      .flatMap((key) => keyFaults(contracted, key).map((fault) => `${name}: ${key.file.path}: ${fault}`)),
    ...lostKeys(contract, contracted, application, found),
    ...fileNameFaults(contracted, application),
  ];
}

/** The configuration as an application puts it together. */
export function foundKeys(
  contract: Contract,
  contracted: ContractApplication,
  application: DeployedApplication,
): readonly FoundKey[] {
  const keys = new Map<string, FoundKey>();
  for (const document of documentsOf(contracted, application)) {
    const own = keysOf(document);
    const sections = new Set(own.map(({ path }) => sectionOf(path)));
    for (const path of [...keys.keys()]) {
      if (lookupOf(contract, contracted, application.name) !== "deep" && sections.has(sectionOf(path))) {
        keys.delete(path);
      }
    }
    for (const key of own) {
      keys.set(key.path, key);
    }
  }
  return [...keys.values()];
}

/** A mounted file of JSON; without content where it is none. */
interface MountedDocument {
  readonly file: MountedFile;
  readonly content: Expression | undefined;
}

/** The mounted files that the contract knows as JSON, in the order in which an application reads them. */
function documentsOf({ configFiles }: ContractApplication, { files }: DeployedApplication): readonly MountedDocument[] {
  return configFiles
    .filter(({ format }) => format === "json")
    .flatMap(({ path }) => files.filter((file) => file.path === path))
    .map((file) => ({ file, content: argumentOf(file.content, "jsonencode") }));
}

function keysOf({ file, content }: MountedDocument): readonly FoundKey[] {
  return content === undefined ? [] : leavesOf(content).map((leaf) => ({ ...leaf, file }));
}

function lookupOf({ nodeConfigLookup }: Contract, { configFiles }: ContractApplication, name: string): Lookup {
  if (nodeConfigLookup.appliesTo.some((each) => each.split(" ")[0] === name)) {
    return "deep";
  }
  return configFiles.some(({ role }) => role.includes("merged shallowly")) ? "shallow" : "one file";
}

/** Files outside the folder of secrets that the application would not read, or should not be given. */
function unlistedFiles(contracted: ContractApplication, application: DeployedApplication): readonly string[] {
  const { name, files, environment } = application;
  const authorities = contracted.env
    .filter(({ purpose }) => /\bCA\b/.test(purpose))
    .map((variable) => environment[variable.name]);
  const listed = contracted.configFiles.filter(({ format }) => format === "json").map(({ path }) => path);
  return files
    .filter(({ path }) => !path.startsWith("/app/secret/") && !listed.includes(path) && !authorities.includes(path))
    .map(({ path }) => `${name}: ${path} is mounted, which it does not read`);
}

function missingKeys({ keys }: ContractFile, found: readonly FoundKey[]): readonly string[] {
  return keys.filter((key) => key.required && !found.some(({ path }) => path === key.path)).map(({ path }) => path);
}

function keyFaults({ configFiles }: ContractApplication, { path, value, file }: FoundKey): readonly string[] {
  const listed = configFiles.find((each) => each.path === file.path);
  const { keys } = configFiles.find((each) => each.path === (listed?.acceptsAnyKeyOf ?? file.path)) ?? { keys: [] };
  const key = keys.find((each) => each.path === path) ?? keys.find((each) => isCoveredBy(path, each.path));
  if (key === undefined) {
    const isEmptySection = kindOf(value) === "object" && keys.some((each) => each.path.startsWith(`${path}.`));
    return isEmptySection ? [] : [`${path} is a key that it does not read`];
  }
  const isOpen = file.source === "config";
  return [
    ...typeFaults(key, value).map((fault) => `${path} ${fault}`),
    ...urlFaults(key, textOf(value)).map((fault) => `${path} ${fault}`),
    ...(isOpen && key.sensitive === true ? [`${path} is sensitive, and a config is for anybody to read`] : []),
    ...(isOpen && key.sensitive !== true && isMadeOfSecrets(value)
      ? [`${path} is made of a secret, and a config is for anybody to read`]
      : []),
  ];
}

function isCoveredBy(path: string, pattern: string): boolean {
  return pattern.endsWith(".*") && path.startsWith(pattern.slice(0, -1));
}

/** The type in the contract is one of JSON's, with what is known of a text in brackets; or several with `|` between. */
function typeFaults({ type, meaning }: ContractKey, value: Expression): readonly string[] {
  const kind = kindOf(value);
  const alternatives = type.split(/\|(?![^(]*\))/);
  const fitting = alternatives.find((each) => each === "any" || each.replace(/\(.*$/, "") === kind);
  if (fitting === undefined) {
    return [`is ${describe(value)}, of the type ${kind}, and should be ${type}`];
  }
  if (kind !== "string") {
    return [];
  }
  const text = textOf(value);
  const form = /\((.*)\)/.exec(fitting)?.[1];
  const fits = (form === undefined || FORMS[form]?.test(text)) ?? form?.split("|").includes(text) ?? false;
  return [
    ...(fits ? [] : [`is ${describe(value)}, and should be ${type}`]),
    ...(meaning.includes("no scheme, no port") && /[:/]/.test(text)
      ? [`is ${describe(value)}, and should have no scheme and no port`]
      : []),
  ];
}

/** What is in brackets after a type, where it is no list of what is allowed. */
const FORMS: Readonly<Record<string, RegExp | undefined>> = {
  url: /^[a-z]+:\/\/([^@/]*@)?[\w.-]+(:\d+)?(\/|\?|$)/,
  "host[:port]": /^[\w.-]+(:\d+)?$/,
  path: /^\//,
};

/** What the contract says of a URL beyond its type. */
function urlFaults({ path, meaning }: ContractKey, text: string): readonly string[] {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (path === "celery.backend") {
    return url?.pathname === "/0" ? [] : ["is not database 0, in which the others look for results"];
  }
  if (path !== "transport.url") {
    return [];
  }
  const parameters = [...(url?.searchParams.keys() ?? [])];
  const others = parameters.filter((name) => name !== "heartbeat");
  return [
    ...(url?.searchParams.get("heartbeat") === "60" ? [] : ["has no heartbeat=60"]),
    ...(meaning.includes("only the query parameter heartbeat") && others.length > 0
      ? [`has ${others.join(", ")}, and only heartbeat is taken`]
      : []),
  ];
}

function describe(value: Expression): string {
  // A text that is made of secrets has nothing but stand-ins in their places.
  return value.kind === "literal" ? JSON.stringify(value.value) : textOf(value);
}

/** Keys of the image's own default that are gone, because a mounted section took the place of theirs. */
function lostKeys(
  contract: Contract,
  contracted: ContractApplication,
  application: DeployedApplication,
  found: readonly FoundKey[],
): readonly string[] {
  const { name } = application;
  const sections = found.map(({ path }) => sectionOf(path));
  return lookupOf(contract, contracted, name) !== "shallow"
    ? []
    : (BAKED_KEYS[name] ?? [])
        .filter((key) => sections.includes(sectionOf(key)) && !found.some(({ path }) => path === key))
        .map(
          (key) => `${name}: ${key} is lost, because the mounted ${sectionOf(key)} replaces the image's whole section`,
        );
}

/** Whether the variables that name the file and its folder name the one that is mounted. */
function fileNameFaults(
  contracted: ContractApplication,
  { name, environment }: DeployedApplication,
): readonly string[] {
  const [file] = contracted.configFiles.filter(({ required, keys }) => required && keys.length > 0);
  const named = (variable: string, right: string) =>
    contracted.env.some((each) => each.name === variable && each.required) && environment[variable] !== right
      ? [`${name}: ${variable} is ${environment[variable]} in place of ${right}, by which it finds ${file?.path}`]
      : [];
  return file === undefined
    ? []
    : [
        ...named("NODE_ENV", basename(file.path, ".json")),
        ...named("ENV", basename(file.path, ".json")),
        ...named("NODE_CONFIG_DIR", dirname(file.path)),
      ];
}

function leavesOf(value: Expression, prefix = ""): { readonly path: string; readonly value: Expression }[] {
  return value.kind === "object" && (prefix === "" || Object.keys(value.entries).length > 0)
    ? Object.entries(value.entries).flatMap(([key, part]) => leavesOf(part, prefix === "" ? key : `${prefix}.${key}`))
    : [{ path: prefix, value }];
}

function sectionOf(path: string): string {
  return path.split(".")[0] ?? "";
}
