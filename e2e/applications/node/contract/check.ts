import { configurationFaults } from "./check-configuration";
import { environmentFaults } from "./check-environment";
import { secretFaults } from "./check-secrets";
import type { ApplicationContract } from "./contract";
import type { Fault } from "./fault";
import type { Surroundings } from "./surroundings";

/**
 * Everything that an application was not given as its contract says. Stricter than the application, which ignores what
 * it does not read: here that is a mistake of whoever wrote it down.
 */
export function faultsOf(contract: ApplicationContract, surroundings: Surroundings): readonly Fault[] {
  return [
    ...configurationFaults(contract, surroundings),
    ...secretFaults(contract, surroundings),
    ...environmentFaults(contract, surroundings),
  ];
}
