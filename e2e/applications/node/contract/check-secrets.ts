import { dirname } from "node:path";
import type { ApplicationContract, ContractSecret } from "./contract";
import type { Fault } from "./fault";
import type { Surroundings } from "./surroundings";

/** What is wrong with an application's secret files. */
export function secretFaults({ secretFiles }: ApplicationContract, surroundings: Surroundings): readonly Fault[] {
  const known = secretFiles.map(({ path }) => path);
  const folders = [...new Set(known.map((path) => dirname(path)))];
  const surplus = folders
    .flatMap((folder) => surroundings.list(folder))
    .filter((path) => !known.includes(path))
    .map((path) => ({ about: path, text: `${path} is not read by the application` }));
  return [...secretFiles.flatMap((secret) => faultsOf(secret, surroundings)), ...surplus];
}

function faultsOf(
  { path, required, trimmed, purpose, note = "" }: ContractSecret,
  surroundings: Surroundings,
): readonly Fault[] {
  if (!surroundings.has(path)) {
    return required ? [{ about: path, text: `${path} is missing` }] : [];
  }
  const content = surroundings.read(path);
  if (/non-empty/.test(`${purpose} ${note}`) && content.trim() === "") {
    return [{ about: path, text: `${path} is empty` }];
  }
  return trimmed || content === content.trim()
    ? []
    : [{ about: path, text: `${path} begins or ends with white space, which the application would send` }];
}
