import { OperatorError } from "../operator-error";

/** What GitHub tells a job of itself; together they are no other job's, but those of a matrix have them in common. */
const VARIABLES = ["GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT", "GITHUB_JOB"] as const;

/**
 * What tells a job from all others, as it may be part of a firewall's name.
 *
 * @param given what a person wrote, as the jobs of a matrix need it; undefined for what GitHub says
 * @throws OperatorError outside GitHub where nobody wrote anything
 */
export function jobId(given: string | undefined): string {
  const parts = given === undefined ? VARIABLES.map((name) => process.env[name]) : [given];
  if (parts.some((part) => !part)) {
    throw new OperatorError(
      `Nobody says which job this is: ${VARIABLES.join(", ")} are set in a job of GitHub's. Elsewhere write --job and a name, for open and close the same.`,
    );
  }
  return parts.join("-").replaceAll(/[^A-Za-z0-9.-]/g, "-");
}
