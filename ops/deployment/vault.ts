import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import type { Environment } from "../../config/schema";
import type { LayerName } from "../../constructs/terraform/layer";
import type { Finding } from "../diagnosis/finding";
import { NOT_INITIALISED, vaultFindings } from "../diagnosis/vault";
import { OperatorError } from "../operator-error";
import { lastLines } from "../swarm/logs";

/** Longer than the bootstrap, or KMS, takes to unseal it after its start. */
const LONGEST_SECONDS = 60;
const PAUSE_SECONDS = 1;
const LOG_LINES = 10;

/** The layer that is all inside Vault: the lowest that needs it. */
export const IN_VAULT: LayerName = "secrets";

/** What keeps Vault from giving Terraform what it is asked for; undefined where nothing does. */
export async function vaultProblem(environment: Environment, docker: Docker): Promise<Finding | undefined> {
  return (await vaultFindings(environment, { docker })).find(({ state }) => state !== "ok");
}

/**
 * Waits until Vault gives Terraform what it is asked for.
 *
 * @throws OperatorError with what is wrong and what mends it, when it does not in a minute, or not before a person
 * initialised it
 */
export async function awaitVault(environment: Environment, docker: Docker, signal: AbortSignal): Promise<void> {
  const until = performance.now() + LONGEST_SECONDS * 1000;
  for (;;) {
    const problem = await vaultProblem(environment, docker);
    if (problem === undefined) {
      return;
    }
    if (isForPerson(environment, problem)) {
      throw new OperatorError(textOf(problem).join("\n"));
    }
    if (performance.now() > until) {
      const service = `${environment.prefix}-${environment.platform === "cloud" ? "vault" : "vault-bootstrap"}`;
      const log = [...new Set(await lastLines(docker, service, LOG_LINES))].map((line) => `  | ${line}`);
      throw new OperatorError([...textOf(problem), ...log].join("\n"));
    }
    await sleep(PAUSE_SECONDS * 1000, undefined, { signal });
  }
}

/** Whatever is done to it by itself, a Vault in the cloud stays empty until somebody initialises it. */
function isForPerson({ platform }: Environment, { message }: Finding): boolean {
  return platform === "cloud" && message === NOT_INITIALISED;
}

function textOf({ message, remedy }: Finding): readonly string[] {
  return [`Vault ${message}.`, ...(remedy === undefined ? [] : [`→ ${remedy}`])];
}
