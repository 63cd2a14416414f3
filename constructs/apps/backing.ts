import type { IResolvable } from "cdktf";
import type { ObjectStorage } from "../data/s3-server";
import type { StoredSecrets } from "../secrets/stored-secrets";
import type { MountableFile } from "../swarm/file-mount";
import type { TrustNetworkReferences } from "../swarm/trust-networks";

/** Where a server is; the host and the port may be tokens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** What the layers below give to the applications. */
export interface Backing {
  readonly networks: TrustNetworkReferences;
  readonly secrets: StoredSecrets;
  readonly postgres: Address;
  readonly redis: Address;
  /** The message broker; its revision is another one after each change that restarts it. */
  readonly rabbitmq: Address & { readonly revision: string };
  readonly objectStorage: ObjectStorage;
  /** The URL of InfluxDB. */
  readonly influxdbUrl: string;
  /** The certificate of the environment's own authority, where it has one. */
  readonly authority: MountableFile | undefined;
  /** Whether a feature does not work, because what people would bring for it is a stand-in. */
  readonly isOff: (feature: string) => IResolvable;
}
