import type { IConstruct } from "constructs";
import { LayerStack } from "./layer-stack";

type ClassOf<T> = abstract new (...args: never[]) => T;

/** Every construct of a class below another one, itself included. */
export function constructsBelow<T extends IConstruct>(construct: IConstruct, type: ClassOf<T>): readonly T[] {
  return construct.node.findAll().filter((candidate): candidate is T & IConstruct => candidate instanceof type);
}

/** Every construct of a class in the environment that a construct belongs to, in whichever layer. */
export function everyOf<T extends IConstruct>(construct: IConstruct, type: ClassOf<T>): readonly T[] {
  const { environment } = LayerStack.of(construct);
  return construct.node.root.node.children
    .filter((stack) => stack instanceof LayerStack && stack.environment.name === environment.name)
    .flatMap((stack) => constructsBelow(stack, type));
}
