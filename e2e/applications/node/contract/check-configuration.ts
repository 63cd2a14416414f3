import { dirname } from "node:path";
import { configurationOf, filesOf, mainFileOf } from "./configuration";
import type { ApplicationContract, ContractKey } from "./contract";
import type { Fault } from "./fault";
import type { Surroundings } from "./surroundings";
import { at, isTree, leavesOf } from "./tree";
import { hasType, typeOf } from "./types";

const WILDCARD = ".*";

/** What is wrong with an application's configuration files. */
export function configurationFaults(contract: ApplicationContract, surroundings: Surroundings): readonly Fault[] {
  const unreadable = filesOf(contract).flatMap(({ path, required }) => unreadableFaults(path, required, surroundings));
  const surplus = surplusFileFaults(contract, surroundings);
  return unreadable.length > 0
    ? [...unreadable, ...surplus]
    : [...keyFaults(contract, surroundings), ...unknownKeyFaults(contract, surroundings), ...surplus];
}

function unreadableFaults(path: string, required: boolean, surroundings: Surroundings): readonly Fault[] {
  if (!surroundings.has(path)) {
    return required ? [{ about: path, text: `${path} is missing` }] : [];
  }
  try {
    return isTree(JSON.parse(surroundings.read(path))) ? [] : [{ about: path, text: `${path} is not a JSON object` }];
  } catch (error) {
    return [{ about: path, text: `${path} is not JSON: ${(error as Error).message}` }];
  }
}

function keyFaults(contract: ApplicationContract, surroundings: Surroundings): readonly Fault[] {
  const main = mainFileOf(contract);
  const configuration = configurationOf(contract, surroundings);
  return main.keys
    .filter(({ path }) => !path.endsWith(WILDCARD))
    .flatMap(({ path, type, required }): readonly Fault[] => {
      const value = at(configuration, path);
      if (value === undefined) {
        return required ? [{ about: path, text: `${main.path}: ${path} (${type}) is missing` }] : [];
      }
      return hasType(value, type)
        ? []
        : [{ about: path, text: `${main.path}: ${path} is of type ${typeOf(value)} instead of ${type}` }];
    });
}

function unknownKeyFaults(contract: ApplicationContract, surroundings: Surroundings): readonly Fault[] {
  const { keys } = mainFileOf(contract);
  return filesOf(contract)
    .filter(({ path, bakedIntoImage }) => !bakedIntoImage && surroundings.has(path))
    .flatMap(({ path }) =>
      leavesOf(JSON.parse(surroundings.read(path)))
        .filter((leaf) => !keys.some((key) => covers(key, leaf)))
        .map((leaf) => ({ about: leaf, text: `${path}: ${leaf} is not read by the application` })),
    );
}

function covers({ path }: ContractKey, leaf: string): boolean {
  return path === leaf || (path.endsWith(WILDCARD) && leaf.startsWith(path.slice(0, -1)));
}

/** Any other file beside it might be read as well, or was meant to be. */
function surplusFileFaults(contract: ApplicationContract, surroundings: Surroundings): readonly Fault[] {
  const known = filesOf(contract).map(({ path }) => path);
  const unread = contract.configFiles.filter(({ format }) => format === "dotenv").map(({ path }) => path);
  return [...surroundings.list(dirname(mainFileOf(contract).path)), ...unread]
    .filter((path) => !known.includes(path) && surroundings.has(path))
    .map((path) => ({ about: path, text: `${path} should not be there` }));
}
