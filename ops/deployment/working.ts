import type { Environment } from "../../config/schema";
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
  const signal = interruption();
  const work = EnvironmentWork.of(environment);
  try {
    await forgetPlans(work);
    await keepHistory(environment);
    await keepingAfterwards(environment, () => action({ work, record: new RunRecord(work), signal }));
  } catch (error) {
    throw signal.aborted ? stopped(signal.reason as Error, error) : error;
  } finally {
    await forgetPlans(work);
    await unlock();
  }
}

/** Keeps the history of the states once an action is over, however it ends; how it ends counts more. */
async function keepingAfterwards(environment: Environment, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    await keepHistory(environment).catch(({ message }: Error) => {
      console.error(`The history of the states was not kept: ${message}`);
    });
    throw error;
  }
  await keepHistory(environment);
}

/** Plans hold secrets; those of a command that was killed are there still. */
async function forgetPlans({ layers }: EnvironmentWork): Promise<void> {
  await Promise.all(layers.map(({ workspace }) => workspace.forgetPlan()));
}

/** What Terraform says of being stopped is no news; what else it says is. */
function stopped({ message }: Error, error: unknown): OperatorError {
  const news = error instanceof TerraformFailure && !error.isInterruption ? [error.message] : [];
  return new OperatorError(
    [`${message}. What was done so far stays. To go on, run the same again.`, ...news].join("\n"),
    INTERRUPTED,
  );
}
