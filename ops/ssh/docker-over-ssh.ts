import { spawn } from "node:child_process";
import { Agent } from "node:http";
import type { Duplex } from "node:stream";
import Docker, { type DockerOptions } from "dockerode";
import { PROJECT_FOLDER } from "../folders";
import { ProgramStream } from "./program-stream";

const LONGEST_CONNECT_SECONDS = 10;
/** Never dialled: every request goes to the program that the agent starts. */
const NOBODY = { host: "docker", port: 80, protocol: "http" } as const;

/** Where to sign in. */
export interface SshTarget {
  readonly address: string;
  /** @default - as ssh itself would */
  readonly user?: string;
  /** @default - as ssh itself would */
  readonly port?: string;
}

/**
 * The Docker engine of another machine, through ssh as the command `docker` does it: what is asked and answered goes by
 * the standard input and output of a program there, so no argument of any program holds it.
 *
 * dockerode's own way by SSH believes whatever host answers.
 *
 * @param options what ssh is told of the connection
 */
export function dockerOverSsh(target: SshTarget, options: readonly string[]): Docker {
  // A time limit of dockerode's would be set on a socket, and here is none.
  const settings: DockerOptions & { readonly agent: Agent } = {
    ...NOBODY,
    agent: new SshAgent(target, options),
    timeout: undefined,
  };
  return new Docker(settings);
}

class SshAgent extends Agent {
  constructor(
    private readonly target: SshTarget,
    private readonly sshOptions: readonly string[],
  ) {
    super();
  }

  override createConnection(): Duplex {
    const own = ["-T", "-o", "BatchMode=yes", "-o", `ConnectTimeout=${LONGEST_CONNECT_SECONDS}`];
    const { address, user, port } = this.target;
    const place = [
      ...(user === undefined ? [] : ["-l", user]),
      ...(port === undefined ? [] : ["-p", port]),
      "--",
      address,
    ];
    const command = [...place, "docker", "system", "dial-stdio"];
    return new ProgramStream(
      "ssh",
      spawn("ssh", [...this.sshOptions, ...own, ...command], {
        cwd: PROJECT_FOLDER,
        stdio: "pipe",
        env: process.env,
      }),
    );
  }
}
