import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { uptime } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { stateFile } from "../folders";
import { OperatorError } from "../operator-error";
import { timeOf } from "../swarm/engine";
import type { EnvironmentWork, WorkedLayer } from "./environment-work";
import { removeLeftBehind } from "./left-behind";
import { isAlive } from "./processes";
import { unfinishedNames } from "./unfinished";

const PAUSE_SECONDS = 1;
/** Longer than any apply takes. */
const LONGEST_WAIT_SECONDS = 1800;

/** What must be known of a deploy that was cut off. */
interface Run {
  /** The stack that was applied. */
  readonly layer: string;
  /** When it began, by Docker's clock. */
  readonly started: string;
  /** The same by this machine's, in milliseconds since 1970. */
  readonly startedHere: number;
  /** Terraform's process. */
  readonly process?: number;
}

/**
 * Remembers, on disk, that a layer is being applied, for as long as it is: who is killed in the middle of it cannot clear
 * up.
 */
export class RunRecord {
  private readonly file: string;

  constructor(private readonly work: EnvironmentWork) {
    this.file = stateFile(`${work.environment.name}.run.json`);
  }

  /** Whether there was a deploy that was cut off. */
  get isLeftOver(): boolean {
    return this.read() !== undefined;
  }

  /**
   * Applies a layer, and clears up when that fails.
   *
   * @param apply is told when it begins, by Docker's clock, and tells which process Terraform is
   */
  async during(
    { workspace }: WorkedLayer,
    apply: (since: Date, onStart: (process: number) => void) => Promise<void>,
  ): Promise<void> {
    const since = await timeOf(this.work.docker);
    const run = { layer: workspace.name, started: since.toISOString(), startedHere: Date.now() };
    this.write(run);
    try {
      await apply(since, (process) => this.write({ ...run, process }));
    } catch (error) {
      // Where Docker itself went away, the record stays, and the next command clears up.
      await this.clearUp().catch(() => {});
      throw error;
    }
    rmSync(this.file);
  }

  /**
   * Waits until Terraform, which goes on by itself where its command was killed, ended too, and removes what it did not
   * write down.
   *
   * @returns the names of what was removed
   * @throws OperatorError when it does not end
   */
  async clearUp(signal?: AbortSignal): Promise<readonly string[]> {
    const run = this.read();
    if (run === undefined) {
      return [];
    }
    const until = performance.now() + LONGEST_WAIT_SECONDS * 1000;
    while (isAtWork(run)) {
      if (performance.now() > until) {
        throw new OperatorError(
          `Process ${run.process} should be the Terraform that applies ${run.layer}, and does not end. If it is another program, delete ${this.file} and run the same again.`,
        );
      }
      await sleep(PAUSE_SECONDS * 1000, undefined, { signal });
    }
    const { docker, environment, layersInSwarm, layers } = this.work;
    const layer = layers.find(({ workspace }) => workspace.name === run.layer);
    const cutOff = { since: new Date(run.started), names: layer === undefined ? [] : unfinishedNames(layer) };
    const names = await removeLeftBehind(
      docker,
      environment.prefix,
      cutOff,
      layersInSwarm.map(({ workspace }) => workspace),
    );
    rmSync(this.file);
    return names;
  }

  private read(): Run | undefined {
    try {
      return JSON.parse(readFileSync(this.file, "utf8")) as Run;
    } catch {
      return undefined;
    }
  }

  private write(run: Run): void {
    // Whole or not at all, whenever this process is killed.
    const written = `${this.file}.new`;
    writeFileSync(written, JSON.stringify(run));
    renameSync(written, this.file);
  }
}

function isAtWork({ startedHere, process: number }: Run): boolean {
  const booted = Date.now() - uptime() * 1000;
  // After a restart of the machine another program may have the number.
  return number !== undefined && startedHere > booted && isAlive(number);
}
