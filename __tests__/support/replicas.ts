import { type Expression, expressionOf } from "./expressions";

/** The largest number of containers that a condition may lead to. */
export function mostOf(replicas: number | string): number {
  return typeof replicas === "number" ? replicas : largest(expressionOf(replicas));
}

function largest(expression: Expression): number {
  switch (expression.kind) {
    case "literal":
      return Number(expression.value);
    case "conditional":
      return Math.max(largest(expression.yes), largest(expression.no));
    default:
      throw new Error(`nobody knows how many containers it makes: ${JSON.stringify(expression)}`);
  }
}
