import type { Rule } from "../terraform/validation";
import { Duration } from "./duration";

/** That a length of time is none written by hand, which the compiler can be talked out of seeing. */
export function durationRule(where: string, value: unknown): Rule {
  return {
    where,
    broken: !(value instanceof Duration),
    message: `got ${JSON.stringify(value)}; write Duration.seconds(…), which renders what Docker echoes`,
  };
}
