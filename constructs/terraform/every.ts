import type { IConstruct } from "constructs";
import { LayerStack } from "./layer-stack";

type ClassOf<T> = abstract new (...args: never[]) => T;

/** Every construct of a class in the environment that a construct belongs to, in whichever layer. */
export function everyOf<T extends IConstruct>(construct: IConstruct, type: ClassOf<T>): readonly T[] {
  const { environment } = LayerStack.of(construct);
  return construct.node.root.node
    .findAll()
    .filter((candidate): candidate is T => candidate instanceof type)
    .filter((candidate) => LayerStack.of(candidate).environment.name === environment.name);
}
