import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "./schema";

const FOLDER = "known-hosts";

/** The file with the host keys of an environment's machines, as a path in the project. `ops nodes trust` writes it. */
export function knownHostsFile({ name }: Pick<Environment, "name">): string {
  return `config/${FOLDER}/${name}`;
}

/** Whether somebody has pinned the host keys of an environment's machines. */
export function areHostsPinned({ name }: Pick<Environment, "name">): boolean {
  return existsSync(join(__dirname, FOLDER, name));
}

/** What ssh is told of every connection to an environment's machines, where it is started in the project's folder. */
export function sshOptionsOf(environment: Pick<Environment, "name">): readonly string[] {
  return sshOptions(areHostsPinned(environment) ? knownHostsFile(environment) : undefined);
}

/**
 * What ssh is told of every connection to a machine: which host key to accept, and to share one connection, because each
 * resource that Terraform works on asks for one. Its socket is in the home folder, because ssh fails where the folder is
 * missing, as `~/.ssh` is on a fresh machine. One that is dead, because a laptop slept or is in another network now, is
 * given up within a minute: everybody who shares it would wait for as long as TCP hopes.
 *
 * @param knownHosts the file with the accepted keys, seen from where ssh is started; undefined means that a host's key is
 * taken for true the first time
 */
export function sshOptions(knownHosts: string | undefined): readonly string[] {
  const trust =
    knownHosts === undefined
      ? ["StrictHostKeyChecking=accept-new"]
      : ["StrictHostKeyChecking=yes", `UserKnownHostsFile=${knownHosts}`];
  const sharing = ["ControlMaster=auto", "ControlPath=~/.sprocket-%C", "ControlPersist=60"];
  const keepingAlive = ["ServerAliveInterval=15", "ServerAliveCountMax=3"];
  return [...trust, ...sharing, ...keepingAlive].flatMap((option) => ["-o", option]);
}
