import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { uptime } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { STATE_FOLDER } from "../folders";
import type { EnvironmentWork } from "./environment-work";
import { removeLeftBehind } from "./left-behind";
import { isAlive } from "./processes";

const PAUSE_SECONDS = 1;

/** What must be known of a deploy that was cut off. */
interface Run {
  /** When it began, by Docker's clock. */
  readonly started: string;
  /** Terraform's process. */
  readonly process?: number;
}

/**
 * Remembers, on disk, that something is being done to an environment, for as long as it is: who is killed in the middle
 * of it cannot clear up.
 */
export class RunRecord {
  private readonly file: string;

  constructor(private readonly work: EnvironmentWork) {
    mkdirSync(STATE_FOLDER, { recursive: true });
    this.file = join(STATE_FOLDER, `${work.environment.name}.run.json`);
  }

  /** Whether there was a deploy that was cut off. */
  get isLeftOver(): boolean {
    return this.read() !== undefined;
  }

  /** Does something that makes things in the Swarm, and clears up when it fails. */
  async during(action: () => Promise<void>): Promise<void> {
    const { SystemTime } = await this.work.docker.info();
    this.write({ started: SystemTime });
    try {
      await action();
    } catch (error) {
      // Where Docker itself went away, the record stays, and the next command clears up.
      await this.clearUp().catch(() => {});
      throw error;
    }
    rmSync(this.file);
  }

  /** Remembers Terraform's process. */
  note(process: number): void {
    const run = this.read();
    if (run !== undefined) {
      this.write({ ...run, process });
    }
  }

  /**
   * Waits until Terraform, which goes on by itself where its command was killed, ended too, and removes what it did not
   * write down.
   *
   * @returns the names of what was removed
   */
  async clearUp(signal?: AbortSignal): Promise<readonly string[]> {
    const run = this.read();
    if (run === undefined) {
      return [];
    }
    while (isAtWork(run)) {
      await sleep(PAUSE_SECONDS * 1000, undefined, { signal });
    }
    const { docker, environment, workspaces } = this.work;
    const names = await removeLeftBehind(docker, environment.prefix, new Date(run.started), workspaces);
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

function isAtWork({ started, process: number }: Run): boolean {
  const booted = Date.now() - uptime() * 1000;
  // After a restart of the machine another program may have the number.
  return number !== undefined && Date.parse(started) > booted && isAlive(number);
}
