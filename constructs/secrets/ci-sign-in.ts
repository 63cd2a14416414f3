import { JwtAuthBackend } from "@cdktf/provider-vault/lib/jwt-auth-backend";
import { JwtAuthBackendRole } from "@cdktf/provider-vault/lib/jwt-auth-backend-role";
import { Construct } from "constructs";
import type { Environment } from "../../config/schema";
import { Duration } from "../swarm/duration";
import type { VaultRoles } from "./vault-roles";

/** Longer than a deployment of every layer takes. */
const SIGNED_IN_FOR = Duration.minutes(60);

/** Where CI signs in: `auth/<path>/login`. */
const PATH = "ci";
/** As what it signs in. */
const ROLE = "deploy";

export interface CiSignInProps {
  readonly ci: NonNullable<Environment["vaultSignIn"]["ci"]>;
  readonly roles: VaultRoles;
  /** Whom CI's tokens must be meant for: Vault's public URL. */
  readonly audience: string;
}

/**
 * Lets CI in to Vault by the token that its platform signs for a job, so that no credential is stored there.
 *
 * Only jobs of one repository get in, and of them only those that may deploy to one environment.
 */
export class CiSignIn extends Construct {
  constructor(scope: Construct, id: string, { ci, roles, audience }: CiSignInProps) {
    super(scope, id);
    const backend = new JwtAuthBackend(this, "Resource", {
      path: PATH,
      type: "jwt",
      description: "CI, by the token that its platform signs for a job.",
      oidcDiscoveryUrl: ci.issuer,
      boundIssuer: ci.issuer,
    });
    new JwtAuthBackendRole(this, ROLE, {
      backend: backend.path,
      roleName: ROLE,
      roleType: "jwt",
      userClaim: "repository",
      boundAudiences: [audience],
      // So that the audit log says who started which run.
      claimMappings: { actor: "actor", run_id: "run_id", ref: "ref" },
      boundClaims: { repository: ci.repository, environment: ci.deploymentEnvironment },
      tokenPolicies: [roles.policyOf("administrator")],
      tokenTtl: SIGNED_IN_FOR.seconds,
      tokenMaxTtl: SIGNED_IN_FOR.seconds,
    });
  }
}
