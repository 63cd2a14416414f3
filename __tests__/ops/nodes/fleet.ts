import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withChanged } from "../../support/changed-environment";
import { type HttpServer, serve } from "../../support/http-server";
import { ops } from "../../support/ops-command";
import { PROJECT_FOLDER, STACKS_FOLDER } from "../../support/ops-folders";
import type { Outcome } from "../../support/processes";
import { programsIn } from "../../support/programs";
import { madeUpEnvironment } from "../../support/secrets";
import { FakeSwarm } from "./fake-swarm";

export const RESERVED = "203.0.113.1";

interface Replaced {
  /** Shell scripts in place of programs. */
  readonly programs?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * The machines of the environment `staging`, three managers and a worker, and a folder in which commands work on them.
 * A test that has one mocks ops/folders.ts by ops-folders.ts, and node:timers/promises by short-pauses.ts.
 */
export class Fleet {
  readonly folder = PROJECT_FOLDER;
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

  /** Runs `ops nodes`. */
  ops(line: string, { programs = {}, variables = {} }: Replaced = {}): Promise<Outcome> {
    const stack = join(STACKS_FOLDER, "staging-foundation");
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(stack, "cdk.tf.json"), "{}");
    return withChanged("staging", { cloud: { managers: 3, workers: 1 } }, () =>
      ops(["nodes", ...line.split(" ")], {
        ...madeUpEnvironment(),
        HOME: this.folder,
        PATH: programsIn(this.folder, { ssh: this.ssh(), terraform: this.terraform(), ...programs }),
        ...variables,
      }),
    );
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
