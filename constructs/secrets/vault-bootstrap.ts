import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Password } from "@cdktf/provider-random/lib/password";
import { Construct } from "constructs";
import { Duration } from "../swarm/duration";
import { Memory } from "../swarm/memory";
import type { NetworkReference } from "../swarm/network-reference";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmSecret } from "../swarm/swarm-secret";
import { SwarmTask } from "../swarm/swarm-task";
import { LayerStack } from "../terraform/layer-stack";
import { validate } from "../terraform/validation";
import { DEPLOYER_POLICY, MAINTAINER_POLICY } from "./vault-policies";
import { VAULT_FOLDER, type VaultServer } from "./vault-server";

const SCRIPTS_FOLDER = join(__dirname, "vault-bootstrap");
const POLICIES_FOLDER = "/etc/vault-bootstrap";
const PASSWORD_PATH = "/run/secrets/deployer-password";
const PASSWORD_LENGTH = 32;

export interface VaultBootstrapProps {
  readonly server: VaultServer;
  /** A network that the server is on. */
  readonly network: NetworkReference;
}

/** How the layers above sign in to Vault where nobody does it by hand. */
export interface VaultCredential {
  readonly username: string;
  /** A reference to the password. */
  readonly password: string;
}

/**
 * Initialises Vault once, unseals it after each of its restarts, and lets the user `deployer` in.
 *
 * The unseal key is on a volume of this task, on the same machine as what it protects: good for a
 * laptop or a LAN event, refused in the cloud. No root token is left.
 */
export class VaultBootstrap extends Construct {
  readonly credential: VaultCredential;
  /** What the layers above wait for. */
  readonly task: SwarmTask;

  /**
   * @throws FaultsError in the cloud
   */
  constructor(scope: Construct, id: string, { server, network }: VaultBootstrapProps) {
    super(scope, id);
    const { environment, images } = LayerStack.of(this);
    validate(this, [
      {
        where: "environment",
        broken: environment.platform === "cloud",
        message: `${environment.name} is in the cloud, where Vault's keys must not lie beside its data; give VaultServer a KMS seal`,
      },
    ]);
    const password = new Password(this, "deployer-password-value", { length: PASSWORD_LENGTH, special: false });
    this.task = new SwarmTask(this, "Resource", {
      image: images.vault,
      networks: [network],
      environment: {
        VAULT_ADDR: server.internalUrl,
        POLICIES: POLICIES_FOLDER,
        DEPLOYER_PASSWORD_FILE: PASSWORD_PATH,
      },
      files: [
        new SwarmSecret(this, "deployer-password", { value: password.result }).at(PASSWORD_PATH),
        this.policy("deployer", DEPLOYER_POLICY),
        this.policy("maintainer", MAINTAINER_POLICY),
      ],
      volumes: [{ name: "keys", path: VAULT_FOLDER }],
      work: script("work.sh"),
      verify: script("verify.sh"),
      afterwards: script("afterwards.sh"),
      timeout: Duration.minutes(1),
      // Each command of Vault is a program of its own to start; idle, it uses next to nothing.
      limits: { cpus: 1, memory: Memory.mebibytes(128) },
      after: [server.service],
    });
    this.credential = { username: "deployer", password: password.result };
  }

  private policy(name: string, document: object) {
    const content = JSON.stringify(document, null, 2);
    return new SwarmConfig(this, `${name}-policy`, { content }).at(`${POLICIES_FOLDER}/${name}.json`);
  }
}

function script(file: string): string {
  return readFileSync(join(SCRIPTS_FOLDER, file), "utf8");
}
