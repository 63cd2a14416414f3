import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodesOf } from "../../../config/nodes";
import { cloudInit } from "../../../constructs/cloud/cloud-init";
import { cloudLike, cloudOfStaging } from "../../support/cloud";
import { temporaryFolder } from "../../support/synthesis";

/** Of Debian's package base-passwd. */
const GROUPS_OF_DEBIAN =
  "root daemon bin sys adm tty disk lp mail news uucp man proxy kmem dialout fax voice cdrom floppy tape sudo audio dip www-data backup operator list irc src shadow utmp video sasl plugdev staff games users nogroup".split(
    " ",
  );
/** DigitalOcean takes no more. */
const MOST_BYTES = 64 * 1024;

const nodes = nodesOf(cloudLike({ managers: 3, workers: 1 }));
const { ssh } = cloudOfStaging;
const texts = nodes.map((node) => [node.name, cloudInit(node, { ...cloudOfStaging, vaultPort: 8200 })] as const);

function documentOf(name: string): any {
  const text = texts.find(([node]) => node === name)?.[1] ?? "";
  return JSON.parse(text.replace(/^#cloud-config\n/, ""));
}

function fileOf(name: string, path: string): string | undefined {
  return documentOf(name).write_files.find((file: any) => file.path === path)?.content;
}

describe.each(texts)("%s", (name, text) => {
  test("is read by cloud-init, which knows it by its first line", () => {
    expect(text.split("\n")[0]).toBe("#cloud-config");
    expect(Buffer.byteLength(text)).toBeLessThan(MOST_BYTES);
  });

  test("lets people in by their keys, CI to Docker alone, and nobody by a password or as root", () => {
    const { users, disable_root, ssh_pwauth } = documentOf(name);

    expect(users).toEqual([
      expect.objectContaining({ name: "deploy", groups: ["docker"], lock_passwd: true }),
      expect.objectContaining({ name: "admin", groups: ["docker", "sudo"], lock_passwd: true }),
    ]);
    expect(users[0].ssh_authorized_keys).toEqual([ssh.keys.operations, ssh.ciKey]);
    expect(users[0].sudo).toBeUndefined();
    expect(users[1].ssh_authorized_keys).toEqual([ssh.keys.operations]);
    expect({ disable_root, ssh_pwauth }).toEqual({ disable_root: true, ssh_pwauth: false });
    const sshd = fileOf(name, "/etc/ssh/sshd_config.d/10-sprocket.conf") ?? "";
    expect(sshd.split("\n")).toEqual(
      expect.arrayContaining([
        "PermitRootLogin no",
        "PasswordAuthentication no",
        "AllowUsers deploy admin",
        "AllowTcpForwarding local",
        "PermitOpen 127.0.0.1:8200 localhost:8200",
      ]),
    );
  });

  test("bears a layer that is applied in parallel", () => {
    const sshd = fileOf(name, "/etc/ssh/sshd_config.d/10-sprocket.conf") ?? "";
    const numbers = ["MaxSessions", "MaxStartups"].map((key) =>
      Number(new RegExp(`^${key} (\\d+)`, "m").exec(sshd)?.[1]),
    );

    // As many as `npm run deploy` works on at once.
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(64);
  });

  test("gives Docker addresses that no private network of the cloud has, and rotates its logs", () => {
    const settings = JSON.parse(fileOf(name, "/etc/docker/daemon.json") ?? "");

    expect(settings["default-address-pools"]).toEqual([{ base: "172.24.0.0/14", size: 24 }]);
    expect(settings.bip).toBe("172.28.0.1/24");
    expect(settings["userland-proxy"]).toBe(false);
    expect(settings["log-opts"]).toEqual({ "max-size": "10m", "max-file": "3" });
  });

  test("takes Docker of one major version, which nothing upgrades by itself", () => {
    expect(fileOf(name, "/etc/apt/preferences.d/docker")).toMatch(/^Pin: version 5:\d+\.\*$/m);
    expect(fileOf(name, "/etc/apt/apt.conf.d/60sprocket")).toMatch(/Package-Blacklist \{ "docker-ce";/);
  });
});

test("only the machine that keeps the data mounts the volume, without which Docker does not start, and begins the Swarm", () => {
  const [first, ...others] = nodes.map(({ name }) => name) as [string, ...string[]];
  const dependency = "/etc/systemd/system/docker.service.d/volumes.conf";

  expect(documentOf(first).mounts).toEqual([
    ["LABEL=sprocket-data", "/var/lib/docker/volumes", "ext4", expect.stringContaining("nofail"), "0", "2"],
  ]);
  expect(fileOf(first, dependency)).toContain("RequiresMountsFor=/var/lib/docker/volumes");
  expect(JSON.stringify(documentOf(first).runcmd)).toContain("/usr/local/sbin/sprocket-swarm");
  for (const other of others) {
    expect(documentOf(other).mounts).toBeUndefined();
    expect(fileOf(other, dependency)).toBeUndefined();
    expect(documentOf(other).runcmd).toEqual([["systemctl", "restart", "ssh"]]);
  }
});

test("Docker's packages are believed by a key that is brought along", () => {
  const { apt } = documentOf("worker-1");

  expect(apt.sources["docker.list"]).toEqual({
    source: "deb [signed-by=/etc/apt/keyrings/docker.asc] https://download.docker.com/linux/debian $RELEASE stable",
  });
  expect(fileOf("worker-1", "/etc/apt/keyrings/docker.asc")).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----\n/);
});

test("no user has the name of a group of Debian's, which would keep it from being made", () => {
  const users = documentOf("manager-1").users.map(({ name }: { name: string }) => name);

  expect(users.filter((name: string) => GROUPS_OF_DEBIAN.includes(name))).toEqual([]);
});

test("nothing formats a disk", () => {
  for (const [, text] of texts) {
    expect(text).not.toMatch(/mkfs|fs_setup|disk_setup|wipefs/);
  }
});

const checker = spawnSync("cloud-init", ["--version"]);
const title = checker.error === undefined ? "" : " (skipped: there is no program cloud-init)";
(checker.error === undefined ? describe : describe.skip)(`cloud-init's own schema${title}`, () => {
  test.each(texts)("allows what %s is given", (_, text) => {
    const folder = temporaryFolder();
    try {
      const path = join(folder, "user-data");
      writeFileSync(path, text);
      const { status, stdout, stderr } = spawnSync("cloud-init", ["schema", "--config-file", path], {
        encoding: "utf8",
      });

      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toContain("Valid cloud-config");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
