import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DATA_NODE_LABEL, DEPLOY_USER, type SwarmNode } from "../../config/nodes";
import type { Cloud } from "../../config/schema";
import { keysWithOwners } from "../../config/ssh-keys";

const FILES_FOLDER = join(__dirname, "cloud-init");
/** The user as whom people look after a machine. Debian has a group `operator`, which would keep a user from that name. */
const ADMINISTRATOR_USER = "admin";
/**
 * The key that Docker signs its packages with, of the fingerprint 9DC8 5822 9FC7 DD38 854A E2D8 8D81 803C 0EBF CD88, which
 * its installation guide names. It is brought along, so that a first start asks no key server.
 */
const DOCKER_KEY = "/etc/apt/keyrings/docker.asc";
const SWARM_SCRIPT = "/usr/local/sbin/sprocket-swarm";
/** The label of the file system on the volume, which DigitalOcean makes with the volume, once. */
export const VOLUME_LABEL = "sprocket-data";
const VOLUMES_FOLDER = "/var/lib/docker/volumes";

/**
 * What Docker gives out addresses from: for containers on one machine, and for networks of the Swarm. None of them is in
 * 10.0.0.0/8, where DigitalOcean's private networks are, which Docker's own choice for a Swarm would be.
 */
const CONTAINER_ADDRESSES = "172.24.0.0/14";
const BRIDGE_ADDRESS = "172.28.0.1/24";
const SWARM_ADDRESSES = "172.20.0.0/14";

/** What machines of an environment have in common. */
export interface CloudInitProps extends Pick<Cloud, "ssh"> {
  /** The port on the machine's loopback address at which tools reach Vault, through a tunnel. */
  readonly vaultPort: number;
}

/**
 * What makes a machine of a bare Debian at its first start, as cloud-init reads it: Docker, whoever may sign in, and on
 * the machine that keeps the data its volume and the Swarm.
 *
 * It holds no secret: any container of the machine can read it.
 */
export function cloudInit(node: SwarmNode, { ssh, vaultPort }: CloudInitProps): string {
  const everyKey = keysWithOwners(ssh).map(([, key]) => key);
  const document = {
    groups: ["docker"],
    users: [
      // Whoever commands Docker commands the machine: the group is no less than an administrator's.
      user(DEPLOY_USER, everyKey, { groups: ["docker"] }),
      user(ADMINISTRATOR_USER, Object.values(ssh.keys), { groups: ["docker", "sudo"], sudo: "ALL=(ALL) NOPASSWD:ALL" }),
    ],
    disable_root: true,
    ssh_pwauth: false,
    ssh_genkeytypes: ["ed25519"],
    apt: {
      sources: {
        "docker.list": {
          source: `deb [signed-by=${DOCKER_KEY}] https://download.docker.com/linux/debian $RELEASE stable`,
        },
      },
    },
    package_update: true,
    package_upgrade: true,
    packages: ["docker-ce", "docker-ce-cli", "containerd.io", "unattended-upgrades", "curl"],
    ...(node.keepsData ? { mounts: [volumeMount()] } : {}),
    // Before packages are installed, so that Docker begins with them.
    write_files: [
      ["/etc/ssh/sshd_config.d/10-sprocket.conf", sshdSettings(vaultPort)],
      [DOCKER_KEY, file("docker.asc")],
      ["/etc/apt/preferences.d/docker", file("docker-version")],
      ["/etc/apt/apt.conf.d/60sprocket", file("unattended-upgrades.conf")],
      ["/etc/docker/daemon.json", `${JSON.stringify(daemonSettings(), null, 2)}\n`],
      ...(node.keepsData ? filesOfDataNode() : []),
    ].map(([path, content]) => ({
      path,
      content,
      permissions: path === SWARM_SCRIPT ? "0755" : "0644",
    })),
    runcmd: [
      ["systemctl", "restart", "ssh"],
      ...(node.keepsData
        ? [["env", `SWARM_ADDRESSES=${SWARM_ADDRESSES}`, `DATA_NODE_LABEL=${DATA_NODE_LABEL}`, SWARM_SCRIPT]]
        : []),
    ],
  };
  // JSON is YAML too.
  return `#cloud-config\n${JSON.stringify(document, null, 2)}\n`;
}

function user(
  name: string,
  keys: readonly string[],
  rights: { readonly groups: readonly string[]; readonly sudo?: string },
) {
  return { name, shell: "/bin/bash", lock_passwd: true, ssh_authorized_keys: keys, ...rights };
}

function filesOfDataNode(): [string, string][] {
  return [
    ["/etc/systemd/system/docker.service.d/volumes.conf", file("docker-volumes.conf")],
    [SWARM_SCRIPT, file("swarm.sh")],
  ];
}

/** A start without the volume goes on, so that people can sign in; Docker waits for it. */
function volumeMount(): readonly string[] {
  const options = ["defaults", "noatime", "discard", "nofail", "x-systemd.growfs", "x-systemd.device-timeout=2min"];
  return [`LABEL=${VOLUME_LABEL}`, VOLUMES_FOLDER, "ext4", options.join(","), "0", "2"];
}

function sshdSettings(vaultPort: number): string {
  return [
    file("sshd.conf").trimEnd(),
    `AllowUsers ${DEPLOY_USER} ${ADMINISTRATOR_USER}`,
    // Vault is reached through a tunnel to the machine's own port, and nothing else is.
    "AllowTcpForwarding local",
    `PermitOpen 127.0.0.1:${vaultPort} localhost:${vaultPort}`,
    "",
  ].join("\n");
}

function daemonSettings(): object {
  return {
    "log-driver": "json-file",
    "log-opts": { "max-size": "10m", "max-file": "3" },
    bip: BRIDGE_ADDRESS,
    "default-address-pools": [{ base: CONTAINER_ADDRESSES, size: 24 }],
    // It would let others in to what is for the machine itself, such as Vault's port, by their IPv6 addresses.
    "userland-proxy": false,
  };
}

function file(name: string): string {
  return readFileSync(join(FILES_FOLDER, name), "utf8");
}
