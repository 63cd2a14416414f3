import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import type { Environment } from "../../config/schema";
import { vaultFindings } from "../diagnosis/vault";
import { OperatorError } from "../operator-error";

/** Longer than the bootstrap, or KMS, takes to unseal it after its start. */
const LONGEST_SECONDS = 60;
const PAUSE_SECONDS = 1;

/**
 * Waits until Vault gives Terraform what it is asked for.
 *
 * @throws OperatorError with what is wrong and what mends it, when it does not in a minute
 */
export async function awaitVault(environment: Environment, docker: Docker, signal: AbortSignal): Promise<void> {
  const until = performance.now() + LONGEST_SECONDS * 1000;
  for (;;) {
    const problem = (await vaultFindings(environment, { docker })).find(({ state }) => state !== "ok");
    if (problem === undefined) {
      return;
    }
    if (performance.now() > until) {
      throw new OperatorError(
        [`Vault ${problem.message}.`, ...(problem.remedy === undefined ? [] : [`→ ${problem.remedy}`])].join("\n"),
      );
    }
    await sleep(PAUSE_SECONDS * 1000, undefined, { signal });
  }
}
