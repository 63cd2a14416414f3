import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { BUCKET_NAMES, BUCKET_USER_NAMES, BUCKET_USERS, type BucketName } from "../../config/data/object-storage";
import { hostName, publicPort } from "../../config/hosts";
import { secretAccessKeyPath } from "../../config/secrets/platform-secrets";
import { HttpRoute } from "../ingress/http-route";
import type { StoredSecrets } from "../secrets/stored-secrets";
import { Duration } from "../swarm/duration";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import { SwarmSecret } from "../swarm/swarm-secret";
import { SwarmService } from "../swarm/swarm-service";
import type { TrustNetworkReferences } from "../swarm/trust-networks";
import { byName } from "../terraform/by-name";
import { LayerStack } from "../terraform/layer-stack";
import { ProvisioningTask } from "./provisioning-task";

const PORT = 7070;
const LABEL = "s3";
const REGION = "us-east-1";
const ROOT_ACCESS_KEY_ID = "root";
const ROOT_KEY_PATH = "/run/secrets/root-secret-access-key";
const USERS_FOLDER = "/run/users";
const DATA_FOLDER = "/data";

export interface S3ServerProps {
  readonly networks: Pick<TrustNetworkReferences, "ingressPublic" | "objectStorage">;
  readonly secrets: StoredSecrets;
  /** The origin of the pages whose scripts may use presigned URLs. */
  readonly corsOrigin: string;
}

/** Object storage as containers and browsers reach it alike. */
export interface ObjectStorage {
  readonly host: string;
  /** The port of its API, with TLS where the environment's public hosts have it. */
  readonly port: number;
  /** The name of each bucket. */
  readonly buckets: Readonly<Record<BucketName, string>>;
}

/**
 * Object storage where there is no cloud: an S3 server with the cloud's buckets, users and rights.
 *
 * Its public host is the same for browsers and containers, so that a presigned URL is right for both.
 */
export class S3Server extends Construct implements ObjectStorage {
  readonly host: string;
  readonly port: number;
  readonly buckets: Readonly<Record<BucketName, string>>;

  constructor(scope: Construct, id: string, { networks, secrets, corsOrigin }: S3ServerProps) {
    super(scope, id);
    const { environment, images } = LayerStack.of(this);
    const rootKey = new SwarmSecret(this, "root-secret-access-key", secrets("object-storage/root-secret-access-key"));
    const users = new SwarmSecret(this, "users", { value: usersFile(secrets) });
    const service = new SwarmService(this, "Resource", {
      image: images.s3,
      networks: [networks.ingressPublic, networks.objectStorage],
      // It takes its administrator's key from its environment or an argument, and from no file.
      command: ["/bin/sh", "-ec"],
      args: [
        [
          `ROOT_ACCESS_KEY=${ROOT_ACCESS_KEY_ID}`,
          `ROOT_SECRET_KEY=$(cat ${ROOT_KEY_PATH})`,
          "export ROOT_ACCESS_KEY ROOT_SECRET_KEY",
          `exec versitygw posix ${DATA_FOLDER}`,
        ].join("\n"),
      ],
      environment: {
        VGW_PORT: `:${PORT}`,
        VGW_REGION: REGION,
        VGW_HEALTH: "/health",
        VGW_IAM_DIR: USERS_FOLDER,
        VGW_CORS_ALLOW_ORIGIN: corsOrigin,
        // Traefik has logged every request already.
        VGW_QUIET: "true",
      },
      files: [rootKey.at(ROOT_KEY_PATH), users.at(`${USERS_FOLDER}/users.json`)],
      volumes: [{ name: "data", path: DATA_FOLDER }],
      healthCheck: healthCheckOf(images.s3, Duration.seconds(20)),
      limits: { cpus: 0.5, memory: Memory.mebibytes(192) },
    });
    new HttpRoute(this, "route", {
      service,
      label: LABEL,
      port: PORT,
      audience: "public",
      probe: { path: "/", status: 403 },
    });
    this.host = hostName(environment, LABEL);
    this.port = publicPort(environment);
    this.buckets = byName(BUCKET_NAMES, (name) => name);
    new ProvisioningTask(this, "buckets", {
      script: "buckets.mjs",
      packages: ["aws4fetch"],
      plan: {
        url: `http://${service.address(PORT)}`,
        region: REGION,
        rootAccessKeyId: ROOT_ACCESS_KEY_ID,
        buckets: BUCKET_NAMES.map((name) => ({
          name,
          readers: usersOf(name, "read"),
          writers: usersOf(name, "readwrite"),
        })),
      },
      secrets: { "root-secret-access-key": rootKey },
      networks: [networks.objectStorage],
      after: [service],
    });
  }
}

function usersOf(bucket: BucketName, access: "read" | "readwrite"): string[] {
  return BUCKET_USER_NAMES.filter(
    (user) => BUCKET_USERS[user].bucket === bucket && BUCKET_USERS[user].access === access,
  );
}

/** The server's users in its own terms; none of them may make or remove buckets. */
function usersFile(secrets: StoredSecrets): string {
  const accounts = BUCKET_USER_NAMES.map((user) => [
    user,
    { access: user, secret: secrets(secretAccessKeyPath(user)).value, role: "user" },
  ]);
  return Token.asString(Fn.jsonencode({ accessAccounts: Object.fromEntries(accounts) }));
}
