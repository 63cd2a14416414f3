import { CiSignIn } from "../../../constructs/secrets/ci-sign-in";
import { VaultRoles } from "../../../constructs/secrets/vault-roles";
import { interpolated, synthesise } from "../../support/testing";
import { vaultStack } from "../../support/vault";

const ci = {
  repository: "SprocketBot/sprocket-infrastructure",
  deploymentEnvironment: "production",
  issuer: "https://tokens.example.org",
};

function signIn() {
  const stack = vaultStack();
  new CiSignIn(stack, "ci", { ci, roles: new VaultRoles(stack, "Default"), audience: "https://vault.example.org" });
  return synthesise(stack);
}

const { resource, variable } = signIn();

test("trusts tokens of one issuer, and no credential is stored for it", () => {
  expect(resource?.vault_jwt_auth_backend?.ci).toEqual({
    path: "ci",
    type: "jwt",
    description: "CI, by the token that its platform signs for a job.",
    oidc_discovery_url: "https://tokens.example.org",
    bound_issuer: "https://tokens.example.org",
  });
  expect(variable).toBeUndefined();
});

test("tells the audit log who started which run, of which branch, by what the token says", () => {
  expect(resource?.vault_jwt_auth_backend_role?.ci_deploy.claim_mappings).toEqual({
    actor: "actor",
    run_id: "run_id",
    ref: "ref",
  });
});

test("lets in for an hour what was signed for this Vault, of one repository and one deployment environment", () => {
  const { claim_mappings: _, ...role } = resource?.vault_jwt_auth_backend_role?.ci_deploy ?? {};

  expect({ ...resource?.vault_jwt_auth_backend_role, ci_deploy: role }).toEqual({
    ci_deploy: {
      backend: interpolated("vault_jwt_auth_backend.ci.path"),
      role_name: "deploy",
      role_type: "jwt",
      user_claim: "repository",
      bound_audiences: ["https://vault.example.org"],
      bound_claims: { repository: "SprocketBot/sprocket-infrastructure", environment: "production" },
      token_policies: [interpolated("vault_policy.administrator.name")],
      token_ttl: 60 * 60,
      token_max_ttl: 60 * 60,
    },
  });
});
