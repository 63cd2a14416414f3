import { join } from "node:path";
import type { StackName } from "../program";
import { mustRun, type Outcome, run } from "./command";
import { OUTPUT_FOLDER } from "./work-folder";

/** Above the number of services, because each takes the provider two seconds to read. */
const PARALLELISM = "-parallelism=64";

/** A synthesised stack, in Terraform's hands. */
export class Terraform {
  private readonly folder: string;

  /**
   * @param variables what operators would bring
   */
  constructor(
    readonly stack: StackName,
    private readonly variables: Readonly<Record<string, string>> = {},
  ) {
    this.folder = join(OUTPUT_FOLDER, "stacks", stack);
  }

  async init(): Promise<void> {
    await mustRun("terraform", ["init", "-input=false", "-no-color"], { folder: this.folder });
  }

  /** Applies; a failure is an outcome. */
  apply(): Promise<Outcome> {
    return this.run("apply", "-auto-approve", PARALLELISM);
  }

  /**
   * Applies.
   *
   * @throws Error when it fails
   */
  async mustApply(): Promise<Outcome> {
    const outcome = await this.apply();
    if (outcome.exitCode !== 0) {
      throw new Error(`${this.stack} could not be applied:\n${outcome.output}`);
    }
    return outcome;
  }

  /** Exit code 0 is an empty plan, 2 one with changes. */
  plan(): Promise<Outcome> {
    return this.run("plan", "-detailed-exitcode", PARALLELISM);
  }

  destroy(): Promise<Outcome> {
    return this.run("destroy", "-auto-approve", PARALLELISM);
  }

  /**
   * What an apply would do, by address.
   *
   * @throws Error when there is no plan
   */
  async plannedChanges(): Promise<Readonly<Record<string, readonly string[]>>> {
    const file = join(this.folder, "plan");
    const { exitCode, output } = await this.run("plan", `-out=${file}`, PARALLELISM);
    if (exitCode !== 0) {
      throw new Error(`${this.stack} could not be planned:\n${output}`);
    }
    const { stdout } = await mustRun("terraform", ["show", "-json", file], { folder: this.folder });
    const { resource_changes: changes = [] } = JSON.parse(stdout) as {
      resource_changes?: { address: string; mode: string; change: { actions: string[] } }[];
    };
    return Object.fromEntries(
      changes
        .filter(({ mode, change }) => mode === "managed" && change.actions[0] !== "no-op")
        .map(({ address, change }) => [address, change.actions]),
    );
  }

  /** All outputs, as JSON. */
  outputs(): Promise<Outcome> {
    return mustRun("terraform", ["output", "-json"], { folder: this.folder });
  }

  /** The value of an output, a sensitive one too. */
  async output(name: string): Promise<string> {
    const { stdout } = await mustRun("terraform", ["output", "-raw", name], { folder: this.folder });
    return stdout;
  }

  private run(command: string, ...args: string[]): Promise<Outcome> {
    return run("terraform", [command, "-input=false", "-no-color", ...args], {
      folder: this.folder,
      environment: this.variables,
    });
  }
}
