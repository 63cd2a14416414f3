import type { Environment } from "../schema";
import {
  environmentVariable,
  howToBring,
  operatorSecret,
  operatorSecretsOf,
  optionalSecretsOf,
  wantedForm,
} from "./catalogue";
import type { OperatorSecretPath } from "./operator-secrets";
import type { DopplerConfig } from "./secret";

/** How it stands with one thing that people bring. */
export interface OperatorSecretState {
  readonly path: OperatorSecretPath;
  /** The environment variable that it is looked for in. */
  readonly variable: string;
  readonly doppler: DopplerConfig;
  /** `stand-in` where the environment does without. */
  readonly state: "present" | "missing" | "malformed" | "stand-in";
  /** What to do; without the value. */
  readonly message: string;
}

/**
 * Looks whether everything that people bring to an environment is there, and looks right.
 *
 * @param variables where to look, such as `process.env`
 */
export function operatorSecretStates(
  environment: Environment,
  variables: Readonly<Record<string, string | undefined>>,
): readonly OperatorSecretState[] {
  const needed = operatorSecretsOf(environment);
  return [...needed, ...optionalSecretsOf(environment)].map((path) => {
    const { doppler, shape, feature } = operatorSecret(path);
    const variable = environmentVariable(path);
    const value = variables[variable] ?? "";
    const bring = howToBring(path, environment);
    const facts = { path, variable, doppler };
    if (needed.includes(path) && value.trim() === "") {
      return { ...facts, state: "missing", message: bring };
    }
    if (value === "") {
      return { ...facts, state: "stand-in", message: `Off: ${feature}. ${bring}` };
    }
    return new RegExp(shape.pattern).test(value)
      ? { ...facts, state: "present", message: "" }
      : {
          ...facts,
          state: "malformed",
          message: `Write ${wantedForm(path)}. ${bring}`,
        };
  });
}
