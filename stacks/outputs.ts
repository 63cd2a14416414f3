import { EVERY_APPLICATION_NAME } from "../config/applications";
import { BUCKET_NAMES, BUCKET_USER_NAMES } from "../config/data/object-storage";
import { TRUST_BOUNDARY_NAMES } from "../constructs/swarm/trust-networks";
import { LayerOutputs, list, map, number, text } from "../constructs/terraform/layer-outputs";

/** What AWS gives: the seal of Vault, and a place for backups that DigitalOcean cannot lose. */
export const offsiteOutputs = new LayerOutputs("offsite", {
  sealRegion: text("AWS region of the key that seals Vault."),
  sealKeyId: text("Id of the KMS key that seals Vault."),
  sealAccessKeyId: text("Access key id of the IAM user that may use the key, and nothing else."),
  sealSecretAccessKey: text("Secret access key of that IAM user.", { sensitive: true }),
  backupBucket: text("S3 bucket for off-site backups."),
});

/** What DigitalOcean gives: a machine with a Swarm, a database, buckets. */
export const foundationOutputs = new LayerOutputs("foundation", {
  dockerHost: text("URL of the Swarm manager's Docker engine, over SSH."),
  publicAddress: text("Reserved IPv4 address that the public hosts lead to."),
  publicAddresses: list("Public addresses of the machines themselves, the one with the data first."),
  privateAddresses: list("Addresses of the machines in their private network, in the same order."),
  databaseHost: text("Private host name of the managed PostgreSQL cluster."),
  databasePort: number("Port of the managed PostgreSQL cluster."),
  databaseCaCertificate: text("Certificate of the authority that signs the cluster's, in PEM."),
  databaseAdminUser: text("The cluster's administrator."),
  databaseAdminPassword: text("The cluster administrator's password.", { sensitive: true }),
  spacesHost: text("Host of Spaces in the environment's region."),
  buckets: map("Name of each bucket in Spaces.", BUCKET_NAMES),
  spacesAccessKeyIds: map("Access key id of each user of a bucket.", BUCKET_USER_NAMES),
  spacesSecretAccessKeys: map("Secret access key of each user of a bucket.", BUCKET_USER_NAMES, { sensitive: true }),
});

/** What the core gives: networks to join, and Vault. */
export const layer1Outputs = new LayerOutputs("layer-1", {
  networkIds: map("Docker's id of each trust boundary's network.", TRUST_BOUNDARY_NAMES),
  vaultAddress: text("URL of Vault's API on the machine itself, or through an SSH tunnel to it."),
  vaultServiceUrl: text("URL of Vault's API for services on its trust network."),
  vaultUsername: text("User as whom the layers above sign in to Vault.", { optional: true }),
  vaultPassword: text("Password of that user.", { sensitive: true, optional: true }),
  authorityCertificate: text("Certificate of the private authority, in PEM, to install on devices.", {
    optional: true,
  }),
});

/** What Vault holds. */
export const secretsOutputs = new LayerOutputs("secrets", {
  mountPath: text("Path of the KV engine that holds every secret."),
  featuresOff: list("What does not work, because what people would bring for it is a stand-in."),
});

/** What the data services give. Their addresses are names on their trust networks. */
export const layer2Outputs = new LayerOutputs("layer-2", {
  postgresHost: text("PostgreSQL on its trust network."),
  postgresPort: number("Port of PostgreSQL."),
  redisHost: text("Redis on its trust network."),
  redisPort: number("Port of Redis."),
  rabbitmqHost: text("The message broker on its trust network."),
  rabbitmqPort: number("Port of the message broker."),
  rabbitmqRevision: text("Changes when the broker restarts; what stays deaf after that rolls with it."),
  influxdbUrl: text("URL of InfluxDB on its trust network."),
  objectStorageHost: text("Host of the S3 API, the same for containers and browsers."),
  objectStoragePort: number("Port of the S3 API."),
  buckets: map("Name of each bucket.", BUCKET_NAMES),
});

/** What runs. */
export const platformOutputs = new LayerOutputs("platform", {
  release: map("The image of each application, as it was deployed last.", EVERY_APPLICATION_NAME),
});
