import type Docker from "dockerode";
import type { Environment } from "../../config/schema";
import { OperatorError } from "../operator-error";
import { isReady } from "./findings";
import { changeMember } from "./members";
import { canBeAway, canBeDemoted, managersOf, votersAmong } from "./quorum";
import { type Selected, selected } from "./selected";
import { answered, becomes } from "./waiting";

const LONGEST_SECONDS = 300;
/** What becomes of a container in the end. */
const OVER = ["complete", "failed", "shutdown", "rejected", "orphaned", "remove"];

/** A container's task, as Docker's API tells of it. */
interface Task {
  readonly ServiceID: string;
  readonly Status: { readonly State: string };
}

/**
 * Has the containers of a machine end, and start elsewhere where they may.
 *
 * @param stopEverything whether the machine with the data may be drained too
 * @throws OperatorError when it may not be, or something still runs there in the end
 */
export async function drain(environment: Environment, given: string, stopEverything: boolean): Promise<void> {
  const selection = await selected(environment, given);
  refuseHarm(selection, environment, stopEverything);
  const { name, manager, member } = selection;
  await changeMember(manager, member.id, { Availability: "drain" });
  if (isReady(member)) {
    console.log(`${name}: is drained; its containers end …`);
    await emptied(selection);
    console.log(`${name}: nothing runs on it any more.`);
  } else {
    console.log(`${name}: is drained. It is ${member.state}, so nobody knows what runs on it.`);
  }
  const wanted = await tasksOf(manager, { "desired-state": ["running"] });
  const homeless = wanted.filter(({ Status }) => Status.State === "pending");
  if (homeless.length > 0) {
    console.log(`No other machine takes ${(await namesOf(manager, homeless)).join(", ")}.`);
  }
}

/** Waits until nothing runs on a machine. */
async function emptied({ name, manager, member }: Selected): Promise<void> {
  let left: readonly Task[] = [];
  const isEmpty = await becomes(LONGEST_SECONDS, async () => {
    left = (await tasksOf(manager, { node: [member.id] })).filter(({ Status }) => !OVER.includes(Status.State));
    return left.length === 0;
  });
  if (!isEmpty) {
    const services = (await namesOf(manager, left)).join(", ");
    throw new OperatorError(`${name}: after ${LONGEST_SECONDS} s these still run on it: ${services}.`);
  }
}

/**
 * Lets containers start on a machine again.
 *
 * @throws OperatorError when the Swarm has no such machine
 */
export async function activate(environment: Environment, given: string): Promise<void> {
  const { name, manager, member } = await selected(environment, given);
  await changeMember(manager, member.id, { Availability: "active" });
  console.log(`${name}: takes containers again. Swarm moves none by itself: the next that start may start here.`);
}

function refuseHarm(selection: Selected, environment: Environment, stopEverything: boolean): void {
  const { name, machine, member, members } = selection;
  if (stopEverything && machine?.keepsData) {
    return;
  }
  if (machine?.keepsData) {
    throw new OperatorError(
      `${name} keeps everybody's data, and the public address leads to it. Drained, it runs no database, no ingress and no Vault: ${environment.name} is away until it is activated. Nothing was changed. If that is what you want, add --stop-everything.`,
    );
  }
  if (member.role !== "manager" || canBeAway(members, member)) {
    return;
  }
  if (!canBeDemoted(members, member)) {
    const managers = managersOf(members);
    throw new OperatorError(
      `${votersAmong(managers)} of ${managers.length} managers answer. With ${name} away too, the others could decide nothing: no deploy, no restart elsewhere. Nothing was changed. See which one is missing: npm run ops -- nodes list ${environment.name}`,
    );
  }
  console.log(`While ${name} is away, the other managers can decide nothing. To switch it off, remove it first.`);
}

async function tasksOf(
  manager: Docker,
  filters: Readonly<Record<string, readonly string[]>>,
): Promise<readonly Task[]> {
  return answered(manager.listTasks({ filters: JSON.stringify(filters) }));
}

/** The names of the services that tasks are of. */
async function namesOf(manager: Docker, tasks: readonly Task[]): Promise<readonly string[]> {
  const services = await answered(manager.listServices());
  const names = tasks.map(({ ServiceID }) => services.find(({ ID }) => ID === ServiceID)?.Spec?.Name ?? ServiceID);
  return [...new Set(names)].sort();
}
