import { selectEnvironments } from "../../config/environments";
import { Declaration } from "../declaration/declaration";
import { EnvironmentWork, type WorkedLayer } from "../deployment/environment-work";
import { nearest } from "../nearest";
import { OperatorError } from "../operator-error";

/** A stack, with the environment that it is part of. */
export interface NamedStack {
  readonly work: EnvironmentWork;
  readonly layer: WorkedLayer;
}

/**
 * Finds one of the program's stacks.
 *
 * @throws OperatorError when there is none of this name, with those that there are
 */
export function stackNamed(name: string): NamedStack {
  const environments = selectEnvironments(undefined);
  for (const environment of environments.filter((candidate) => name.startsWith(`${candidate.name}-`))) {
    const work = EnvironmentWork.of(environment);
    const layer = work.layers.find(({ workspace }) => workspace.name === name);
    if (layer !== undefined) {
      return { work, layer };
    }
  }
  const names = environments.flatMap((environment) => Declaration.of(environment).layers.map(({ node }) => node.id));
  throw new OperatorError(
    [`There is no stack "${name}". Did you mean ${nearest(name, names)}? The stacks are`, ...names].join("\n  "),
  );
}
