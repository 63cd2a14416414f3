import type { OperatorSecretState } from "../../config/secrets/check";
import type { Finding } from "./finding";

const WRONG: Readonly<Partial<Record<OperatorSecretState["state"], string>>> = {
  missing: "is missing",
  malformed: "does not look right",
};

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
