import { OperatorError } from "../operator-error";

/** An answer of DigitalOcean's other than what was asked for. */
export class DigitalOceanRefusal extends OperatorError {
  /**
   * @param answer what it answered, and to what
   * @param advice what would be right; undefined where that is not known
   */
  constructor(
    readonly answer: string,
    readonly advice: string | undefined,
  ) {
    super(advice === undefined ? answer : `${answer}. ${advice}`);
  }
}
