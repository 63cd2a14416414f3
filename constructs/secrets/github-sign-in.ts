import { GithubAuthBackend } from "@cdktf/provider-vault/lib/github-auth-backend";
import { GithubTeam } from "@cdktf/provider-vault/lib/github-team";
import { Token } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../../config/schema";
import { Duration } from "../swarm/duration";
import { OperatorSecrets } from "./operator-secrets";
import { VAULT_ROLES, type VaultRoles } from "./vault-roles";

/** A working day. After that GitHub is asked again, and who left the team is out. */
const SIGNED_IN_FOR = Duration.minutes(8 * 60);

export interface GitHubSignInProps {
  readonly github: NonNullable<Environment["vaultSignIn"]["github"]>;
  readonly roles: VaultRoles;
}

/**
 * Lets people in to Vault by their teams in a GitHub organisation.
 *
 * Vault knows the organisation by its number, so that nothing is asked of GitHub while deploying.
 */
export class GitHubSignIn extends Construct {
  constructor(scope: Construct, id: string, { github, roles }: GitHubSignInProps) {
    super(scope, id);
    const { organization, teams, apiUrl } = github;
    const backend = new GithubAuthBackend(this, "Resource", {
      path: "github",
      description: "People, by their teams in GitHub.",
      organization,
      organizationId: Token.asNumber(OperatorSecrets.of(this).take("github/organization-id")),
      baseUrl: apiUrl,
      tokenTtl: SIGNED_IN_FOR.seconds,
      tokenMaxTtl: SIGNED_IN_FOR.seconds,
    });
    for (const role of VAULT_ROLES) {
      new GithubTeam(this, role, { backend: backend.id, team: teams[role], policies: [roles.policyOf(role)] });
    }
  }
}
