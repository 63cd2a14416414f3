import { examplesIn } from "../../config/examples";
import type { Environment } from "../../config/schema";
import type { Finding } from "./finding";

const SUBJECT = "configuration";

/** Whether an environment's file says what is true, and no example any more. */
export function exampleFinding(environment: Environment): Finding {
  const examples = examplesIn(environment);
  return examples.length === 0
    ? { subject: SUBJECT, state: "ok", message: "no setting is an example" }
    : {
        subject: SUBJECT,
        state: "failed",
        message: `${examples.join(", ")}: still an example; a machine made with example keys lets nobody in`,
        remedy: `write your own in config/environments/${environment.name}.ts`,
      };
}
