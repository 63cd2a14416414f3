import { relative } from "node:path";
import { OperatorError } from "../operator-error";
import type { TerraformFailure } from "../terraform/failure";
import type { Evidence } from "./watch";

/** A layer that could not be deployed, with what was seen of its services meanwhile. */
export class LayerFailure extends OperatorError {
  /**
   * @param failure of Terraform
   * @param log the file with all that Terraform said
   */
  constructor(
    readonly failure: TerraformFailure,
    log: string,
    unwell: readonly Evidence[],
  ) {
    const seen = unwell.map(inWords).flatMap((words) => (words.length > 0 ? ["", ...words] : []));
    super([failure.message, ...seen, "", `All that Terraform said: ${relative(process.cwd(), log)}`].join("\n"));
  }
}

function inWords({ service, errors, check, log }: Evidence): readonly string[] {
  const words = [
    ...errors.map((error) => `  Swarm says: ${error}`),
    ...(check === undefined ? [] : [`  its health check says: ${check}`]),
    ...(log.length > 0 ? ["  the last lines of its log:", ...log.map((line) => `  | ${line}`)] : []),
  ];
  return words.length > 0 ? [`${service}:`, ...words] : [];
}
