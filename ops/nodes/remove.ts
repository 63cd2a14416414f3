import type { Environment } from "../../config/schema";
import { reasonOf } from "../diagnosis/check";
import { OperatorError } from "../operator-error";
import { isReady } from "./findings";
import { infoOf } from "./machines";
import { changeMember, type Member, membersOf } from "./members";
import { canBeDemoted, evenManagers, managersOf } from "./quorum";
import { type Selected, selected } from "./selected";
import { answered, becomes } from "./waiting";

const LONGEST_DEMOTION_SECONDS = 30;
const LONGEST_LEAVE_SECONDS = 30;

/**
 * Takes a drained machine out of its Swarm.
 *
 * @throws OperatorError when it may not be taken out
 */
export async function remove(environment: Environment, given: string): Promise<void> {
  const selection = await selected(environment, given);
  const { name, manager, member } = selection;
  refuseHarm(selection, environment);
  // One that the others gave up is in no decision any more, and cannot be taken out of any.
  if (member.reachability !== undefined) {
    await demote(selection);
  }
  const hasLeft = isReady(member) && (await leave(selection));
  await answered(manager.getNode(member.id).remove({ force: !hasLeft }));
  console.log(`${name}: is in the Swarm no more.`);
  const warning = member.role === "manager" ? evenManagers(managersOf(await membersOf(manager)).length) : undefined;
  if (warning !== undefined) {
    console.log(warning);
  }
}

function refuseHarm({ name, machine, member, members }: Selected, environment: Environment): void {
  const isFormer =
    !isReady(member) && members.some(({ id, hostname }) => id !== member.id && hostname === member.hostname);
  if (machine?.keepsData && !isFormer) {
    throw new OperatorError(
      `${name} keeps everybody's data: without it there is no ${environment.name}. Nothing was changed. To move the data to another machine, restore a backup there.`,
    );
  }
  if (isReady(member) && member.availability !== "drain") {
    throw new OperatorError(
      `${name} still takes containers. Nothing was changed. First: npm run ops -- nodes drain ${environment.name} ${machine?.name ?? member.id}`,
    );
  }
  if (member.role === "manager" && !canBeDemoted(members, member)) {
    throw new OperatorError(
      `Without ${name} too few of the other managers answer to decide anything. Nothing was changed. See which are missing: npm run ops -- nodes list ${environment.name}`,
    );
  }
}

/** Has a manager be one no more, and waits until the others agree. */
async function demote({ name, manager, member }: Selected): Promise<void> {
  await changeMember(manager, member.id, { Role: "worker" });
  const isDemoted = await becomes(LONGEST_DEMOTION_SECONDS, async () => {
    // While the others choose who leads, they answer nothing.
    const members: readonly Member[] = await membersOf(manager).catch(() => []);
    const now = members.find(({ id }) => id === member.id);
    return now?.role === "worker" && now.reachability === undefined;
  });
  if (!isDemoted) {
    throw new OperatorError(
      `${name}: is told to be a manager no more, and still is one after ${LONGEST_DEMOTION_SECONDS} s. Run the same again.`,
    );
  }
  console.log(`${name}: is no manager any more.`);
}

/**
 * Has the machine itself forget the Swarm, where it can be reached.
 *
 * @returns whether it did, and the Swarm knows
 */
async function leave({ name, machine, manager, member }: Selected): Promise<boolean> {
  const forget = `If it ever starts again, on the machine: docker swarm leave --force`;
  if (machine === undefined) {
    console.log(`${name}: is not declared, so nobody knows how to reach it. ${forget}`);
    return false;
  }
  try {
    const { NodeID } = (await infoOf(machine)).Swarm;
    if (NodeID !== member.id) {
      console.log(`${name}: there is another machine in its place, which is left alone.`);
      return false;
    }
    await answered(machine.engine.swarmLeave({}));
  } catch (error) {
    console.log(`${name}: could not be told to leave: ${reasonOf(error)}. ${forget}`);
    return false;
  }
  return becomes(LONGEST_LEAVE_SECONDS, async () => {
    const now = (await membersOf(manager)).find(({ id }) => id === member.id);
    return now === undefined || !isReady(now);
  });
}
