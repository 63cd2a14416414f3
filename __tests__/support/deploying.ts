import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Outcome, type Started, started } from "./processes";
import { programsIn } from "./programs";
import { temporaryFolder } from "./synthesis";

const ROOT = resolve(__dirname, "../..");
const LAYERS = ["layer-1", "secrets", "layer-2", "platform"];
/** The address of the environment `lan`. */
const ADDRESS = "192.168.1.20";

/** The ports of an environment, which tests change so that they are free. */
export interface Ports {
  readonly http: number;
  readonly vault: number;
  readonly https?: number;
}

interface Surroundings {
  readonly environment?: string;
  readonly options?: readonly string[];
  /**
   * What follows the command's name.
   *
   * @default - the environment and the options
   */
  readonly line?: readonly string[];
  readonly dockerHost: string;
  readonly ports: Ports;
  /** Shell scripts in place of Terraform's commands, such as `local-layer-1.plan`; the others do nothing, well. */
  readonly terraform?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
}

/** A folder in which commands work that change an environment, with stand-ins for the programs that they run. */
export class Workshop {
  readonly folder = temporaryFolder();
  readonly state = join(this.folder, "state");
  private readonly stacks = join(this.folder, "stacks");
  private readonly asked = join(this.folder, "asked");
  private readonly scripts = join(this.folder, "scripts");

  /** Runs a command of `ops` as a person does who has no terminal. */
  run(command: string, surroundings: Surroundings): Promise<Outcome> {
    return this.start(command, surroundings).outcome;
  }

  /** Begins to run a command of `ops`. */
  start(command: string, surroundings: Surroundings): Started {
    return started(...this.invocation(command, surroundings));
  }

  /** What Terraform and npm were asked so far: the stack's name and the arguments. */
  questions(wanted = /./): readonly string[] {
    const lines = readFileSync(this.asked, "utf8").trimEnd().split("\n");
    return lines.filter((line) => wanted.test(line));
  }

  /** As before the first command. */
  clear(): void {
    for (const path of [this.state, this.scripts, this.stacks]) {
      rmSync(path, { recursive: true, force: true });
    }
    writeFileSync(this.asked, "");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private invocation(command: string, surroundings: Surroundings): Parameters<typeof started> {
    const { environment = "local", options = [], dockerHost, ports, terraform = {}, variables } = surroundings;
    const { line = [environment, ...options] } = surroundings;
    for (const layer of LAYERS) {
      const stack = join(this.stacks, `${environment}-${layer}`);
      mkdirSync(stack, { recursive: true });
      writeFileSync(join(stack, ".terraform.lock.hcl"), "");
    }
    mkdirSync(this.scripts, { recursive: true });
    for (const [name, script] of Object.entries(terraform)) {
      writeFileSync(join(this.scripts, name), script);
    }
    const args = ["--import", "tsx", this.preload(environment, ports), "ops/main.ts", command, ...line];
    return [args, { cwd: ROOT, variables: { DOCKER_HOST: dockerHost, PATH: this.programs(), ...variables } }];
  }

  private programs(): string {
    return programsIn(this.folder, {
      npm: `echo "npm $* of $SPROCKET_ENVIRONMENTS" >>'${this.asked}'`,
      terraform: `
        stack=$(basename "$PWD")
        test "$1" = version && stack=any
        echo "$stack $*" >>'${this.asked}'
        script='${this.scripts}'/$stack.$1
        if test -f "$script"; then . "$script"; elif test "$1" = version; then echo '{"terraform_version":"1.11.4"}'; fi`,
    });
  }

  /**
   * Before a command begins, gives the environment ports of the test, has its names resolve, has the command work here,
   * and makes its pauses short.
   */
  private preload(environment: string, ports: Ports): string {
    const script = `
      import { createRequire } from "node:module";
      const require = createRequire(${JSON.stringify(__filename)});
      const settings = require(${JSON.stringify(join(ROOT, `config/environments/${environment}.ts`))});
      Object.assign(settings.${environment}.ports, ${JSON.stringify(ports)});
      require("node:dns/promises").lookup = async () => [{ address: "${ADDRESS}", family: 4 }];
      const timers = require("node:timers/promises");
      const pause = timers.setTimeout;
      timers.setTimeout = (milliseconds, ...rest) => pause(milliseconds / 10, ...rest);
      const folders = require.resolve(${JSON.stringify(join(ROOT, "ops/folders.ts"))});
      const state = ${JSON.stringify(this.state)};
      const stateFile = (name) => {
        require("node:fs").mkdirSync(state, { recursive: true });
        return require("node:path").join(state, name);
      };
      const exports = { ...${JSON.stringify({ PROJECT_FOLDER: ROOT, STACKS_FOLDER: this.stacks })}, stateFile };
      require.cache[folders] = { id: folders, filename: folders, loaded: true, exports };`;
    return `--import=data:text/javascript,${encodeURIComponent(script)}`;
  }
}
