/**
 * What Terraform finds in its environment wherever a command here starts it, beside what a person set.
 *
 * It does not ask for newer versions, and sends no checksums that some S3 servers refuse: without these Ceph 16 takes no
 * state over HTTPS.
 */
export function terraformVariables(): NodeJS.ProcessEnv {
  return {
    CHECKPOINT_DISABLE: "1",
    AWS_REQUEST_CHECKSUM_CALCULATION: "when_required",
    AWS_RESPONSE_CHECKSUM_VALIDATION: "when_required",
    ...process.env,
  };
}
