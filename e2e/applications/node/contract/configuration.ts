import { dirname } from "node:path";
import type { ApplicationContract, ContractFile } from "./contract";
import type { Surroundings } from "./surroundings";
import { merged, type Tree, withValue } from "./tree";

/**
 * The file that an environment has to give.
 *
 * @throws Error when the contract knows none
 */
export function mainFileOf({ configFiles }: ApplicationContract): ContractFile {
  const file = configFiles.find(({ keys }) => keys.length > 0);
  if (file === undefined) {
    throw new Error("the contract names no configuration file with keys");
  }
  return file;
}

/** The files that are read, in order: what the image has in the same folder, the one that is given, what goes over it. */
export function filesOf(contract: ApplicationContract): readonly ContractFile[] {
  const main = mainFileOf(contract);
  const baked = contract.configFiles.filter(
    (file) => file.bakedIntoImage && file !== main && dirname(file.path) === dirname(main.path),
  );
  return [...baked, main, ...contract.configFiles.filter(({ acceptsAnyKeyOf }) => acceptsAnyKeyOf === main.path)];
}

/**
 * What an application's configuration is in the end: its files, and variables over them.
 *
 * @throws Error when a file is no JSON
 */
export function configurationOf(contract: ApplicationContract, surroundings: Surroundings): Tree {
  const fromFiles = filesOf(contract)
    .filter(({ path }) => surroundings.has(path))
    .reduce<Tree>((tree, { path }) => merged(tree, JSON.parse(surroundings.read(path)) as Tree), {});
  return mainFileOf(contract).keys.reduce((tree, { path, env, default: fallback }) => {
    const text = env === null ? undefined : surroundings.environment[env];
    return text === undefined ? tree : withValue(tree, path, converted(text, fallback));
  }, fromFiles);
}

/** A variable is text, unless the application's own default is something else. */
function converted(text: string, fallback: unknown): unknown {
  switch (typeof fallback) {
    case "number":
      return Number(text);
    case "boolean":
      return text === "true";
    default:
      return text;
  }
}
