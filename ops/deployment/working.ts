import type { Environment } from "../../config/schema";
import { forgetAdoption } from "../adoption/adoption";
import { OperatorError } from "../operator-error";
import { keepHistory } from "../state/keep";
import { TerraformFailure } from "../terraform/failure";
import { lockEnvironment } from "./environment-lock";
import { EnvironmentWork } from "./environment-work";
import { INTERRUPTED, interruption } from "./interruption";
import { RunRecord } from "./run-record";

/** What a command that changes an environment is given. */
export interface WorkProps {
  readonly work: EnvironmentWork;
  readonly record: RunRecord;
  /** Has the command stop in good order. */
  readonly signal: AbortSignal;
}

/**
 * Changes an environment, alone and so that it can be stopped in good order.
 *
 * @param command its name, for whoever finds the environment locked
 * @throws FaultsError when another command works on it
 * @throws OperatorError when it was stopped
 */
export async function working(
  environment: Environment,
  command: string,
  action: (props: WorkProps) => Promise<void>,
): Promise<void> {
  // What Terraform and this command write down holds secrets.
  process.umask(0o077);
  const unlock = await lockEnvironment(environment.name, command);
  try {
    const work = EnvironmentWork.of(environment);
    const forget = () => forgetPlans(work);
    await forget();
    await andAfterwards(forget, "Plans, which hold secrets, were not removed", () => worked(work, action));
  } finally {
    await unlock();
  }
}

/** Does the work so that it can be stopped, and keeps the history of the states around it. */
async function worked(work: EnvironmentWork, action: (props: WorkProps) => Promise<void>): Promise<void> {
  const signal = interruption();
  const keep = () => keepHistory(work.environment);
  try {
    await keep();
    await andAfterwards(keep, "The history of the states was not kept", () =>
      action({ work, record: new RunRecord(work), signal }),
    );
  } catch (error) {
    throw signal.aborted ? stopped(signal.reason as Error, error) : error;
  }
}

/**
 * Does something once an action is over, however it ends; how it ends counts more.
 *
 * @param failure what to say beside the action's own error where this fails too
 */
async function andAfterwards(
  afterwards: () => Promise<unknown>,
  failure: string,
  action: () => Promise<void>,
): Promise<void> {
  try {
    await action();
  } catch (error) {
    await afterwards().catch(({ message }: Error) => {
      console.error(`${failure}: ${message}`);
    });
    throw error;
  }
  await afterwards();
}

/** Plans hold secrets; those of a command that was killed are there still. */
async function forgetPlans({ layers }: EnvironmentWork): Promise<void> {
  await Promise.all(layers.flatMap(({ workspace }) => [workspace.forgetPlan(), forgetAdoption(workspace)]));
}

/** What Terraform says of being stopped is no news; what else it says is. */
function stopped({ message }: Error, error: unknown): OperatorError {
  const news = error instanceof TerraformFailure && !error.isInterruption ? [error.message] : [];
  return new OperatorError(
    [`${message}. What was done so far stays. To go on, run the same again.`, ...news].join("\n"),
    INTERRUPTED,
  );
}
