import type { Environment } from "../../config/schema";
import { type OperatorSecretState, operatorSecretStates } from "../../config/secrets/check";
import { OperatorSecrets } from "../../constructs/secrets/operator-secrets";
import type { LayerStack } from "../../constructs/terraform/layer-stack";
import type { Finding } from "./finding";

const WRONG: Readonly<Partial<Record<OperatorSecretState["state"], string>>> = {
  missing: "is missing",
  malformed: "does not look right",
};

/** What the provider of the foundation reads by itself; no layer takes it as a variable. */
const DIGITALOCEANS = /^(DIGITALOCEAN|SPACES)_/;
/** The same, of the backend that every layer has. */
const BACKENDS = /^AWS_/;

/** How it stands with what people bring to some layers of an environment. */
export function secretStatesFor(
  environment: Environment,
  layers: readonly LayerStack[],
): readonly OperatorSecretState[] {
  const taken = layers.flatMap((layer) => OperatorSecrets.variablesOf(layer));
  const hasFoundation = layers.some(({ layer }) => layer === "foundation");
  return operatorSecretStates(environment, process.env).filter(
    ({ variable }) =>
      taken.includes(variable) || BACKENDS.test(variable) || (hasFoundation && DIGITALOCEANS.test(variable)),
  );
}

/** Whether everything that people bring is there and looks right. */
export function secretFindings(states: readonly OperatorSecretState[]): readonly Finding[] {
  const findings = states.flatMap(({ state, variable, message }): Finding[] => {
    const wrong = WRONG[state];
    return wrong === undefined ? [] : [{ subject: variable, state: "failed", message: wrong, remedy: message }];
  });
  const brought = states.filter(({ state }) => state === "present").length;
  return findings.length > 0
    ? findings
    : [
        {
          subject: "secrets",
          state: "ok",
          message: `${brought} brought by people; stand-ins for ${states.length - brought}`,
        },
      ];
}
