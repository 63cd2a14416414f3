import type { OperatorSecretState } from "../../../config/secrets/check";
import { secretFindings } from "../../../ops/diagnosis/secrets";

const state = (changes: Partial<OperatorSecretState>): OperatorSecretState => ({
  path: "discord/client-id",
  variable: "TF_VAR_discord_client_id",
  doppler: "applications",
  state: "present",
  message: "",
  ...changes,
});

test("what is there, or need not be, is well", () => {
  expect(secretFindings([state({}), state({}), state({ state: "stand-in", message: "Off: …" })])).toEqual([
    { subject: "secrets", state: "ok", message: "2 brought by people; stand-ins for 1" },
  ]);
});

test.each([
  ["missing", "is missing"],
  ["malformed", "does not look right"],
] as const)("what is %s has failed, and says how to bring it", (wrong, message) => {
  expect(secretFindings([state({}), state({ state: wrong, message: "Where to get it" })])).toEqual([
    { subject: "TF_VAR_discord_client_id", state: "failed", message, remedy: "Where to get it" },
  ]);
});
