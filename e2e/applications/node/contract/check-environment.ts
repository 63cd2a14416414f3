import { basename, dirname } from "node:path";
import { mainFileOf } from "./configuration";
import type { ApplicationContract, ContractVariable } from "./contract";
import type { Fault } from "./fault";
import type { Surroundings } from "./surroundings";

const FORBIDDEN = /must never be set|do not set|leave unset/;

/** What is wrong with an application's environment variables. */
export function environmentFaults(contract: ApplicationContract, { environment }: Surroundings): readonly Fault[] {
  const expected = expectedValues(contract);
  return contract.env.flatMap((variable): readonly Fault[] => {
    const { name, required } = variable;
    const value = environment[name];
    const wanted = expected[name];
    if (value === undefined) {
      return required ? [{ about: name, text: `${name} is not set; it must be ${wanted}` }] : [];
    }
    if (isForbidden(variable)) {
      return [{ about: name, text: `${name} is set; it must not be` }];
    }
    return wanted === undefined || value === wanted
      ? []
      : [{ about: name, text: `${name} is ${value}; it must be ${wanted}` }];
  });
}

/** With other values, other files would be read than those that the contract names. */
function expectedValues(contract: ApplicationContract): Readonly<Record<string, string>> {
  const { path } = mainFileOf(contract);
  return { NODE_ENV: basename(path, ".json"), NODE_CONFIG_DIR: dirname(path) };
}

function isForbidden({ purpose, sensitive = false }: ContractVariable): boolean {
  return sensitive || FORBIDDEN.test(purpose);
}
