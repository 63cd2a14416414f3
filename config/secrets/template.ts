import type { Environment } from "../schema";
import { dopplerName, howToBring, operatorSecret, operatorSecretsOf, optionalSecretsOf } from "./catalogue";
import type { DopplerConfig } from "./secret";

/**
 * An empty file of what people bring, or may bring, to an environment, in the form that Doppler and shells take:
 * `NAME=` below a comment that says what it is for, what it looks like and where to get it.
 */
export function dopplerTemplate(environment: Environment, config: DopplerConfig): string {
  return [...operatorSecretsOf(environment), ...optionalSecretsOf(environment)]
    .filter((path) => operatorSecret(path).doppler === config)
    .map((path) =>
      [
        `# ${howToBring(path, environment)}`,
        `# It is ${operatorSecret(path).shape.description}.`,
        `${dopplerName(path)}=`,
      ].join("\n"),
    )
    .join("\n\n");
}
