import { spawn } from "node:child_process";
import { once } from "node:events";
import { selectEnvironments } from "../../config/environments";
import type { Environment } from "../../config/schema";
import { terraformVariables } from "../terraform/variables";
import { keepHistory } from "./keep";
import { keptText } from "./texts";

const GLOB = /[*?[{]/;
/** A terminal sends these to the command as well, which ends in good order. */
const LEFT_TO_IT = ["SIGINT", "SIGHUP"] as const;

/**
 * Runs a command that changes states, and keeps their history before it and, however it ends, after it.
 *
 * @param command with the names or patterns of the stacks that it is about
 * @returns the exit code: the command's, or 1 where nothing but keeping the history failed
 * @throws FaultsError or OperatorError when the history cannot be kept
 */
export async function during([program = "", ...args]: readonly string[]): Promise<number> {
  const environments = selectEnvironments(undefined).filter(
    ({ name, state }) => state.kind === "spaces" && args.some((arg) => mayMean(arg, `${name}-`)),
  );
  return withHistory(environments, () => run(program, args));
}

/**
 * Does something that changes states, and keeps their history before it and, however it ends, after it.
 *
 * @param action returns an exit code
 * @returns the exit code: the action's, or 1 where nothing but keeping the history failed
 * @throws FaultsError or OperatorError when the history cannot be kept
 */
export async function withHistory(
  environments: readonly Environment[],
  action: () => Promise<number>,
): Promise<number> {
  await keep(environments);
  const exitCode = await action();
  try {
    await keep(environments);
  } catch (error) {
    if (exitCode === 0) {
      throw error;
    }
    console.error(`The history of the states was not kept afterwards: ${(error as Error).message}`);
  }
  return exitCode;
}

async function keep(environments: readonly Environment[]): Promise<void> {
  for (const environment of environments) {
    console.error(keptText(environment.name, await keepHistory(environment)));
  }
}

/** Whether stacks that begin so may be meant. */
function mayMean(arg: string, beginning: string): boolean {
  const literal = arg.split(GLOB, 1)[0] as string;
  return literal.startsWith(beginning) || (literal !== arg && beginning.startsWith(literal));
}

async function run(program: string, args: readonly string[]): Promise<number> {
  const child = spawn(program, args, { stdio: "inherit", env: terraformVariables() });
  const leave = () => {};
  const end = () => child.kill("SIGTERM");
  for (const signal of LEFT_TO_IT) {
    process.on(signal, leave);
  }
  process.on("SIGTERM", end);
  try {
    const [code] = (await once(child, "close")) as [number | null];
    return code ?? 1;
  } finally {
    for (const signal of LEFT_TO_IT) {
      process.off(signal, leave);
    }
    process.off("SIGTERM", end);
  }
}
