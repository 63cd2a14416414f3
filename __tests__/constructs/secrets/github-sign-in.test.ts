import { GitHubSignIn } from "../../../constructs/secrets/github-sign-in";
import { VAULT_ROLES, VaultRoles } from "../../../constructs/secrets/vault-roles";
import { environmentNamed, interpolated, synthesise } from "../../support/testing";
import { vaultStack } from "../../support/vault";

const github = {
  organization: "SprocketBot",
  teams: { administrator: "infrastructure", operator: "operations", developer: "developers" },
  apiUrl: "https://github.example.org/api/v3/",
};

function signIn() {
  const stack = vaultStack({ environment: environmentNamed("production") });
  new GitHubSignIn(stack, "github", { github, roles: new VaultRoles(stack, "Default") });
  return synthesise(stack);
}

const { resource, variable } = signIn();

test("lets members of the organisation in for a working day, known by its number", () => {
  expect(resource?.vault_github_auth_backend?.github).toEqual({
    path: "github",
    description: "People, by their teams in GitHub.",
    organization: "SprocketBot",
    organization_id: interpolated("var.github_organization_id"),
    base_url: "https://github.example.org/api/v3/",
    token_ttl: 8 * 60 * 60,
    token_max_ttl: 8 * 60 * 60,
  });
  expect(variable?.github_organization_id.validation).toHaveLength(1);
});

test.each(VAULT_ROLES)("gives the team of the %s the policy of that role, and no other", (role) => {
  expect(resource?.vault_github_team?.[`github_${role}`]).toEqual({
    backend: interpolated("vault_github_auth_backend.github.id"),
    team: github.teams[role],
    policies: [interpolated(`vault_policy.${role}.name`)],
  });
});

test("gives nobody anything who is in none of the teams", () => {
  expect(Object.keys(resource?.vault_github_team ?? {})).toHaveLength(VAULT_ROLES.length);
  expect(resource?.vault_github_auth_backend?.github).not.toHaveProperty("token_policies");
});
