import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { within } from "../diagnosis/check";
import { terraformProgram } from "../diagnosis/terraform";
import { STACKS_FOLDER, stateFile } from "../folders";
import { OperatorError } from "../operator-error";
import { runProgram } from "../run-program";
import { holderText } from "../state/lock";
import { stackLockHolder } from "../state/stack-lock";
import type { Action, TerraformEvent } from "./event";
import { TerraformFailure } from "./failure";
import { type TerraformEnd, terraform } from "./terraform";

/** More than a layer has services: each is waited for by itself. */
const PARALLELISM = "-parallelism=64";
const LOCKED = "Error acquiring the state lock";
const SOMEBODY = "somebody";
const LOCK_PAUSE_SECONDS = 2;
const LONGEST_LOCK_SECONDS = 600;
const LONGEST_STATE_SECONDS = 60;
const LONGEST_HOLDER_SECONDS = 5;
/** Terraform's exit codes; the last with `plan -detailed-exitcode`, where the first means that there is nothing to do. */
const DONE = 0;
const WITH_CHANGES = 2;

/** A resource as Terraform's state has it. */
export interface StateResource {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
}

/** Actions that change nothing. */
const HARMLESS = ["read", "noop"];

/** What Terraform would do to a resource. */
export interface Change {
  readonly address: string;
  readonly action: Action;
}

/** What Terraform would do. It is applied once, or forgotten. */
export interface Plan {
  readonly changes: readonly Change[];
  /** Whether there is nothing to do: no output changes either. */
  readonly isEmpty: boolean;
}

/** What a command is told. */
export interface Options {
  readonly signal: AbortSignal;
  readonly onEvent?: (event: TerraformEvent) => void;
  /** Who holds the lock that is waited for. */
  readonly onLocked?: (holder: string) => void;
}

/** The folder of one layer's stack, with Terraform's commands that work on it. */
export class Workspace {
  /** Where Terraform works. */
  readonly folder: string;
  private readonly planFile: string;

  constructor(
    /** The stack's name. */
    readonly name: string,
  ) {
    this.folder = join(STACKS_FOLDER, name);
    this.planFile = join(this.folder, "ops.tfplan");
  }

  /**
   * Installs providers and finds the state.
   *
   * @throws TerraformFailure
   */
  async init({ signal }: Options): Promise<void> {
    const args = ["init", "-json", "-input=false"];
    const wasInitialised = existsSync(join(this.folder, ".terraform.lock.hcl"));
    const { exitCode, errors } = await this.run(args, { signal });
    if (exitCode !== DONE && wasInitialised) {
      // The providers' versions may have changed since.
      await this.mustRun([...args, "-upgrade"], { signal });
    } else if (exitCode !== DONE) {
      throw new TerraformFailure(this.name, errors);
    }
  }

  /**
   * Finds out what an apply would do, once nobody else works on the layer.
   *
   * @param extra arguments of Terraform's beyond the usual
   * @throws TerraformFailure
   */
  async plan({ signal, onLocked, extra = [] }: Options & { readonly extra?: readonly string[] }): Promise<Plan> {
    const changes: Change[] = [];
    const onEvent = ({ type, change }: TerraformEvent) => {
      if (type === "planned_change" && change !== undefined && !HARMLESS.includes(change.action)) {
        changes.push({ address: change.resource.addr, action: change.action });
      }
    };
    const args = ["plan", "-json", "-input=false", "-detailed-exitcode", PARALLELISM, `-out=${this.planFile}`];
    const { exitCode } = await this.unlocked({ signal, onLocked }, () =>
      this.run([...args, ...extra], { signal, onEvent }),
    );
    return { changes, isEmpty: exitCode === DONE };
  }

  /**
   * Does what the last plan said.
   *
   * @throws TerraformFailure
   */
  async apply(options: Options & { readonly onStart?: (pid: number) => void }): Promise<void> {
    await this.mustRun(["apply", "-json", "-input=false", PARALLELISM, this.planFile], options);
  }

  /**
   * Forgets resources of the layer, and removes nothing.
   *
   * @param which the ones to forget
   * @throws OperatorError
   */
  async forget(which: (resource: StateResource) => boolean = () => true): Promise<void> {
    const addresses = (await this.resources())
      .filter(which)
      .map(({ mode, type, name }) => (mode === "data" ? `data.${type}.${name}` : `${type}.${name}`));
    if (addresses.length > 0) {
      await this.ask("state", "rm", ...addresses);
    }
  }

  /** Deletes the plan: it holds secrets. */
  async forgetPlan(): Promise<void> {
    await rm(this.planFile, { force: true });
  }

  /**
   * The last plan as Terraform describes it to programs, secrets included, also one that was not finished.
   *
   * @returns undefined where there is none
   * @throws OperatorError when it cannot be read
   */
  async describePlan(): Promise<unknown> {
    return existsSync(this.planFile) ? JSON.parse(await this.ask("show", "-json", this.planFile)) : undefined;
  }

  /**
   * The resources that Terraform knows, each with its attributes.
   *
   * @throws OperatorError when the state cannot be read
   */
  async resources(): Promise<readonly StateResource[]> {
    const state = await this.ask("state", "pull");
    return state === "" ? [] : ((JSON.parse(state) as { resources?: StateResource[] }).resources ?? []);
  }

  /** Where what the last such command printed can be read. */
  logOf(command: string): string {
    return stateFile(`${this.name}.${command}.log`);
  }

  /** Does something that takes the state's lock, again and again until it got it. */
  private async unlocked({ signal, onLocked }: Options, action: () => Promise<TerraformEnd>): Promise<TerraformEnd> {
    const until = performance.now() + LONGEST_LOCK_SECONDS * 1000;
    for (;;) {
      const end = await action();
      if (end.exitCode === DONE || end.exitCode === WITH_CHANGES) {
        return end;
      }
      const locked = end.errors.find(({ summary, detail }) => summary.includes(LOCKED) && isHeld(detail));
      if (locked === undefined || performance.now() > until) {
        throw new TerraformFailure(this.name, end.errors);
      }
      onLocked?.(holderIn(locked.detail) ?? (await this.holder()));
      await sleep(LOCK_PAUSE_SECONDS * 1000, undefined, { signal });
    }
  }

  /** Who holds a lock of which Terraform does not say it: it cannot read one that a customer's key encrypts. */
  private async holder(): Promise<string> {
    try {
      const info = await within(LONGEST_HOLDER_SECONDS, stackLockHolder(this.folder));
      return info === undefined ? SOMEBODY : holderText(info);
    } catch {
      return SOMEBODY;
    }
  }

  /** Runs a command about the state or a plan, and returns what it printed. */
  private async ask(...args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await runProgram(terraformProgram(), args, {
      seconds: LONGEST_STATE_SECONDS,
      folder: this.folder,
    });
    if (exitCode !== DONE) {
      const what = args[0] === "show" ? "plan" : "state";
      throw new OperatorError(`The ${what} of ${this.name} cannot be used: ${stderr.trim()}`);
    }
    return stdout.trim();
  }

  private async mustRun(args: readonly string[], options: Options): Promise<void> {
    const { exitCode, errors } = await this.run(args, options);
    if (exitCode !== DONE) {
      throw new TerraformFailure(this.name, errors);
    }
  }

  private run(args: readonly string[], options: Options): Promise<TerraformEnd> {
    return terraform(args, { ...options, folder: this.folder, log: this.logOf(args[0] as string) });
  }
}

/** Whether it is somebody who keeps Terraform from locking: S3 answers 412 then, and otherwise to whatever else is wrong. */
function isHeld(detail: string): boolean {
  return !detail.includes("S3: PutObject") || /StatusCode: (412|409)\b/.test(detail);
}

/** Who holds a lock, from Terraform's message about it, where it says so. */
function holderIn(detail: string): string | undefined {
  const field = (name: string) => new RegExp(`^\\s*${name}:\\s*(.+)$`, "m").exec(detail)?.[1]?.trim();
  const [Who, Created = "", ID = ""] = ["Who", "Created", "ID"].map(field);
  return Who === undefined ? undefined : holderText({ Who, Created, ID });
}
