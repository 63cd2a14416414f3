import type Docker from "dockerode";
import type { Environment } from "../../config/schema";
import { type Machine, machinesOf, managerAmong } from "./machines";
import { type Member, memberNamed, membersOf } from "./members";

/** A machine that a person named, in its Swarm. */
export interface Selected {
  readonly member: Member;
  /** Every machine of the Swarm. */
  readonly members: readonly Member[];
  /** What is declared under that name; undefined where nothing is. */
  readonly machine: Machine | undefined;
  /** What decides for the Swarm: another machine than the named one, where there is one. */
  readonly manager: Docker;
  /** What people call it. */
  readonly name: string;
}

/**
 * Finds a machine of the Swarm.
 *
 * @param given its declared name, its host name, or its id in the Swarm
 * @throws OperatorError when there is none
 */
export async function selected(environment: Environment, given: string): Promise<Selected> {
  const machines = await machinesOf(environment);
  const first = await managerAmong(machines);
  const members = await membersOf(first.engine);
  const named = machines.find(({ name }) => name === given);
  const member = memberNamed(members, named?.hostname ?? given);
  const machine = machines.find(({ hostname }) => hostname === member.hostname);
  // One that is a manager no more could not say how it went.
  const { engine: manager } =
    machine === first ? await managerAmong([...machines.filter((other) => other !== first), first]) : first;
  return { member, members, machine, manager, name: machine?.name ?? member.hostname };
}
