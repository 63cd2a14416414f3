import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type EnvironmentFile, withChanged } from "./changed-environment";
import { ops } from "./ops-command";
import { emptyFolders, PROJECT_FOLDER, STACKS_FOLDER, STATE_FOLDER } from "./ops-folders";
import { type Outcome, type Started, startedOps } from "./processes";
import { programsIn } from "./programs";
import { namesLeadTo } from "./resolver";

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
  readonly environment?: EnvironmentFile;
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

/**
 * Where commands work that change an environment, with stand-ins for the programs that they run. A test that has one
 * mocks ops/folders.ts by ops-folders.ts, and node:timers/promises by short-pauses.ts.
 */
export class Workshop {
  readonly folder = PROJECT_FOLDER;
  private readonly asked = join(this.folder, "asked");
  private readonly scripts = join(this.folder, "scripts");

  /** Runs a command of `ops`, where every name leads to the environment's address. */
  async run(command: string, surroundings: Surroundings): Promise<Outcome> {
    const { environment = "local", ports } = surroundings;
    const { words, variables } = this.prepared(command, surroundings);
    namesLeadTo(ADDRESS);
    return withChanged(environment, { ports }, () => ops(words, variables));
  }

  /** Starts a command of `ops` as a process of its own, with the environment's own ports. */
  start(command: string, surroundings: Omit<Surroundings, "ports">): Started {
    const { words, variables } = this.prepared(command, surroundings);
    return startedOps(words, variables, [this.preload()]);
  }

  /** What Terraform and npm were asked so far: the stack's name and the arguments. */
  questions(wanted = /./): readonly string[] {
    const lines = readFileSync(this.asked, "utf8").trimEnd().split("\n");
    return lines.filter((line) => wanted.test(line));
  }

  /** As before the first command. */
  clear(): void {
    emptyFolders();
    rmSync(this.scripts, { recursive: true, force: true });
    writeFileSync(this.asked, "");
  }

  private prepared(command: string, surroundings: Omit<Surroundings, "ports">) {
    const { environment = "local", options = [], dockerHost, terraform = {}, variables } = surroundings;
    const { line = [environment, ...options] } = surroundings;
    for (const layer of LAYERS) {
      const stack = join(STACKS_FOLDER, `${environment}-${layer}`);
      mkdirSync(stack, { recursive: true });
      writeFileSync(join(stack, ".terraform.lock.hcl"), "");
    }
    mkdirSync(this.scripts, { recursive: true });
    for (const [name, script] of Object.entries(terraform)) {
      writeFileSync(join(this.scripts, name), script);
    }
    return {
      words: [command, ...line],
      variables: { DOCKER_HOST: dockerHost, PATH: this.programs(), ...variables },
    };
  }

  /** Has the command work here, before it begins. */
  private preload(): string {
    const script = `
      import { createRequire } from "node:module";
      const require = createRequire(${JSON.stringify(__filename)});
      const folders = require.resolve("../../ops/folders");
      const exports = {
        ...${JSON.stringify({ PROJECT_FOLDER, STACKS_FOLDER })},
        stateFile: (name) => ${JSON.stringify(STATE_FOLDER)} + "/" + name,
      };
      require.cache[folders] = { id: folders, filename: folders, loaded: true, exports };`;
    return `--import=data:text/javascript,${encodeURIComponent(script)}`;
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
}
