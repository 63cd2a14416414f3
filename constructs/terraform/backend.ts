import {
  DataTerraformRemoteStateLocal,
  DataTerraformRemoteStateS3,
  LocalBackend,
  S3Backend,
  type S3BackendConfig,
  type TerraformRemoteState,
} from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../../config/schema";
import type { LayerName } from "./layer";

type Spaces = Extract<Environment["state"], { kind: "spaces" }>;

/**
 * Keeps a layer's state where its environment says.
 *
 * Credentials and the customer key that encrypts the state come from the environment
 * (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SSE_CUSTOMER_KEY`), never from here.
 */
export function keepState(scope: Construct, environment: Environment, layer: LayerName): void {
  const { state } = environment;
  if (state.kind === "local") {
    new LocalBackend(scope, { path: localPath(environment, layer) });
  } else {
    const backend = new S3Backend(scope, spacesConfig(state, environment, layer));
    // cdktf's properties do not know it.
    backend.addOverride("use_lockfile", true);
  }
}

/**
 * Another layer's state, to read its outputs. Reading takes no lock.
 */
export function readState(scope: Construct, environment: Environment, layer: LayerName): TerraformRemoteState {
  const { state } = environment;
  return state.kind === "local"
    ? new DataTerraformRemoteStateLocal(scope, layer, { path: localPath(environment, layer) })
    : new DataTerraformRemoteStateS3(scope, layer, spacesConfig(state, environment, layer));
}

/** Relative to `cdktf.out/stacks/<stack>`, where Terraform runs, so that the JSON holds no path of a machine. */
function localPath(environment: Environment, layer: LayerName): string {
  return `../../../state/${environment.name}-${layer}.tfstate`;
}

/** Spaces speaks S3 without Amazon's accounts, regions, metadata and newer checksums. */
function spacesConfig({ bucket, region }: Spaces, environment: Environment, layer: LayerName): S3BackendConfig {
  return {
    bucket,
    key: `${environment.name}/${layer}.tfstate`,
    region: "us-east-1",
    endpoints: { s3: `https://${region}.digitaloceanspaces.com` },
    // Without it the customer key is silently unused and the state lies in clear.
    encrypt: true,
    skipCredentialsValidation: true,
    skipMetadataApiCheck: true,
    skipRegionValidation: true,
    skipRequestingAccountId: true,
    skipS3Checksum: true,
  };
}
