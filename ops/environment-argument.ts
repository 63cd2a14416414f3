import { Argument, InvalidArgumentError } from "commander";
import { selectEnvironments } from "../config/environments";

/** The environment that a command is about, by its name. */
export function environmentArgument(): Argument {
  const environments = selectEnvironments(undefined);
  const names = environments.map(({ name }) => name).join(", ");
  return new Argument("<environment>", `one of ${names}`).argParser((given: string) => {
    const environment = environments.find(({ name }) => name === given);
    if (environment === undefined) {
      throw new InvalidArgumentError(`Write one of ${names}.`);
    }
    return environment;
  });
}
