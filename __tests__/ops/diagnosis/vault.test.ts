import { vaultFinding } from "../../../ops/diagnosis/vault";
import { environmentNamed } from "../../support/testing";

const [local, staging] = [environmentNamed("local"), environmentNamed("staging")];

test("a Vault that is unsealed is well", () => {
  expect(vaultFinding(local, { status: 200 })).toEqual({ subject: "Vault", state: "ok", message: "is unsealed" });
});

test.each([
  [503, "is sealed", local, "docker service logs sprocket-local-vault-bootstrap"],
  [501, "is not initialised", local, "docker service logs sprocket-local-vault-bootstrap"],
  [503, "is sealed", staging, "KMS"],
])("a Vault that answers %s has failed: it %s", (status, message, environment, remedy) => {
  expect(vaultFinding(environment, { status })).toEqual({
    subject: "Vault",
    state: "failed",
    message,
    remedy: expect.stringContaining(remedy),
  });
});

test("a Vault that answers otherwise is unknown", () => {
  expect(vaultFinding(local, { status: 403 })).toEqual({
    subject: "Vault",
    state: "unknown",
    message: "answers 403 about its health",
  });
});

test.each([
  [local, "docker service ps --no-trunc sprocket-local-traefik"],
  [staging, "ssh -L 8200:127.0.0.1:8200 user@machine"],
])("a Vault that is not reached is unknown", (environment, remedy) => {
  expect(vaultFinding(environment, { refusal: "connect ECONNREFUSED" })).toEqual({
    subject: "Vault",
    state: "unknown",
    message: "could not ask at http://127.0.0.1:8200: connect ECONNREFUSED",
    remedy: expect.stringContaining(remedy),
  });
});
