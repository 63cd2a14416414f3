import { environment } from "../environment";
import { eventually } from "./eventually";
import { ask } from "./http";
import { engine } from "./swarm";

const LONGEST_START_SECONDS = 120;

interface S3ContainerOptions {
  readonly image: string;
  readonly port: number;
  readonly variables: readonly string[];
  /** @default - the image's */
  readonly command?: readonly string[];
  /** Folders on volumes of its own. @default - the image's */
  readonly volumes?: readonly string[];
}

/** An S3 server in a container of its own, on a port of the loopback address that Docker chooses. */
export class S3Container {
  private constructor(
    private readonly id: string,
    readonly url: string,
  ) {}

  /** Starts one, and waits until it answers. */
  static async start(
    name: string,
    { image, port, variables, command, volumes = [] }: S3ContainerOptions,
  ): Promise<S3Container> {
    const container = await engine.createContainer({
      name: `${environment.prefix}-${name}`,
      Image: image,
      Cmd: command && [...command],
      Env: [...variables],
      ExposedPorts: { [`${port}/tcp`]: {} },
      Volumes: Object.fromEntries(volumes.map((folder) => [folder, {}])),
      HostConfig: { PortBindings: { [`${port}/tcp`]: [{ HostIp: "127.0.0.1" }] } },
    });
    await container.start();
    const { NetworkSettings } = await container.inspect();
    const chosen = Number(NetworkSettings.Ports[`${port}/tcp`]?.[0]?.HostPort);
    const started = new S3Container(container.id, `http://127.0.0.1:${chosen}`);
    await eventually(`${name} answers`, LONGEST_START_SECONDS, async () => {
      const { status } = await ask({ port: chosen });
      return status > 0;
    });
    return started;
  }

  /** Runs a command in it, which must succeed. */
  async run(...command: readonly string[]): Promise<void> {
    const execution = await engine
      .getContainer(this.id)
      .exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true, Tty: true });
    let output = "";
    for await (const chunk of await execution.start({ Tty: true })) {
      output += chunk;
    }
    const { ExitCode } = await execution.inspect();
    if (ExitCode !== 0) {
      throw new Error(`${command.join(" ")} ended with ${ExitCode}:\n${output}`);
    }
  }

  /** Removes it with its data. */
  async remove(): Promise<void> {
    await engine.getContainer(this.id).remove({ force: true, v: true });
  }
}
