import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type HttpServer, serve } from "../../support/http-server";
import { type Outcome, outcomeOf } from "../../support/processes";
import { programsIn } from "../../support/programs";
import { madeUpEnvironment } from "../../support/secrets";
import { temporaryFolder } from "../../support/synthesis";
import { FakeSwarm } from "./fake-swarm";

const ROOT = resolve(__dirname, "../../..");
export const RESERVED = "203.0.113.1";

interface Replaced {
  /** Shell scripts in place of programs. */
  readonly programs?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
}

/** The machines of the environment `staging`, three managers and a worker, and a folder in which commands work on them. */
export class Fleet {
  readonly folder = temporaryFolder();
  readonly swarm = new FakeSwarm("sprocket-staging", ["manager-1", "manager-2", "manager-3", "worker-1"]);
  private servers: readonly HttpServer[] = [];
  /** The stand-in for ssh records what each program was told: its arguments, and what it read. */
  private readonly record = join(this.folder, "ssh");
  private readonly knownHostsFile = join(this.folder, "config/known-hosts/staging");

  async start(): Promise<void> {
    const { machines } = this.swarm;
    this.servers = await Promise.all(
      machines.map((machine) => serve((question) => this.swarm.answer(machine, question))),
    );
  }

  stop(): void {
    for (const { close } of this.servers) {
      close();
    }
    rmSync(this.folder, { recursive: true });
  }

  /** As in a Swarm in which the named machines are as they should be. */
  reset(...joined: readonly string[]): void {
    this.swarm.reset(...joined);
    for (const path of [`${this.record}.argv`, `${this.record}.stdin`, this.knownHostsFile]) {
      rmSync(path, { force: true });
    }
  }

  /** The arguments of every ssh that was started. */
  get sshArguments(): readonly (readonly string[])[] {
    const lines = readFileSync(`${this.record}.argv`, "utf8").trim().split("\n");
    return lines.map((line) => JSON.parse(line));
  }

  /** Everything that was written to any ssh. */
  get sshInput(): string {
    return readFileSync(`${this.record}.stdin`, "utf8");
  }

  /** A file in the folder. */
  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** The file with the pinned host keys; undefined where there is none. */
  get knownHosts(): string | undefined {
    return existsSync(this.knownHostsFile) ? readFileSync(this.knownHostsFile, "utf8") : undefined;
  }

  pin(text: string): void {
    mkdirSync(join(this.folder, "config/known-hosts"), { recursive: true });
    appendFileSync(this.knownHostsFile, text);
  }

  /** Runs `ops nodes` as a person does who has no terminal. */
  ops(line: string, { programs = {}, variables = {} }: Replaced = {}): Promise<Outcome> {
    const stack = join(this.folder, "stacks/staging-foundation");
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(stack, "cdk.tf.json"), "{}");
    return outcomeOf(["--import", "tsx", this.preload(), "ops/main.ts", "nodes", ...line.split(" ")], {
      cwd: ROOT,
      variables: {
        ...madeUpEnvironment(),
        HOME: this.folder,
        PATH: programsIn(this.folder, { ssh: this.ssh(), terraform: this.terraform(), ...programs }),
        ...variables,
      },
    });
  }

  /** Gives the environment its machines, has the command work in the test's folder, and makes its pauses short. */
  private preload(): string {
    const script = `
      import { createRequire } from "node:module";
      const require = createRequire(${JSON.stringify(__filename)});
      const settings = require(${JSON.stringify(join(ROOT, "config/environments/staging.ts"))});
      Object.assign(settings.staging.cloud, { managers: 3, workers: 1 });
      const timers = require("node:timers/promises");
      const pause = timers.setTimeout;
      timers.setTimeout = (milliseconds, ...rest) => pause(milliseconds / 100, ...rest);
      const folders = require.resolve(${JSON.stringify(join(ROOT, "ops/folders.ts"))});
      const folder = ${JSON.stringify(this.folder)};
      const stateFile = (name) => folder + "/" + name;
      const exports = { PROJECT_FOLDER: folder, STACKS_FOLDER: folder + "/stacks", stateFile };
      require.cache[folders] = { id: folders, filename: folders, loaded: true, exports };`;
    return `--import=data:text/javascript,${encodeURIComponent(script)}`;
  }

  /** Leads to a machine's engine in place of its `docker system dial-stdio`. */
  private ssh(): string {
    const ports = Object.fromEntries(
      this.swarm.machines.flatMap(({ publicAddress, isReachable }, index) =>
        isReachable ? [[publicAddress, new URL(this.servers[index]?.url ?? "").port]] : [],
      ),
    );
    const script = join(this.folder, "ssh.cjs");
    writeFileSync(
      script,
      `const { appendFileSync } = require("node:fs");
      const argv = process.argv.slice(2);
      appendFileSync("${this.record}.argv", JSON.stringify(argv) + "\\n");
      const address = argv[argv.indexOf("--") + 1];
      const port = ${JSON.stringify(ports)}[address];
      if (port === undefined) {
        console.error("ssh: connect to host " + address + " port 22: Connection timed out");
        process.exit(255);
      }
      process.stdin.on("data", (chunk) => appendFileSync("${this.record}.stdin", chunk));
      const socket = require("node:net").connect(port, "127.0.0.1");
      process.stdin.pipe(socket).pipe(process.stdout);`,
    );
    return `exec '${process.execPath}' '${script}' "$@"`;
  }

  private terraform(): string {
    const outputs = {
      public_address: RESERVED,
      public_addresses: this.swarm.machines.map(({ publicAddress }) => publicAddress),
      private_addresses: this.swarm.machines.map(({ privateAddress }) => privateAddress),
    };
    const cases = Object.entries(outputs).map(([name, value]) => `${name}) echo '${JSON.stringify(value)}';;`);
    return `test "$1" = output || exit 0\ncase "$3" in ${cases.join(" ")} *) exit 1;; esac`;
  }
}
