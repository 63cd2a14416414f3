import type Docker from "dockerode";
import { DATA_NODE_LABEL } from "../../config/nodes";
import type { Environment } from "../../config/schema";
import { reasonOf, within } from "../diagnosis/check";
import { OperatorError } from "../operator-error";
import { hasData, isReady } from "./findings";
import { infoOf, type Machine, machineNamed, machinesOf, managerAmong } from "./machines";
import { changeMember, type Member, membersOf } from "./members";
import { answered, becomes } from "./waiting";

const SWARM_PORT = 2377;
const LONGEST_JOIN_SECONDS = 60;
const LONGEST_READY_SECONDS = 60;

/**
 * Has the declared machines join the Swarm that are not in it.
 *
 * @param name the only one to look at; undefined for all
 * @throws OperatorError when one cannot
 */
export async function join(environment: Environment, name: string | undefined): Promise<void> {
  const machines = await machinesOf(environment);
  const wanted = name === undefined ? machines : [machineNamed(machines, name)];
  const manager = await managerAmong(machines);
  // One after another: while a manager joins, the others agree on that.
  for (const machine of wanted) {
    const member = await joined(machine, manager);
    if (machine.keepsData && !hasData(member)) {
      await changeMember(manager.engine, member.id, { Labels: { ...member.labels, [DATA_NODE_LABEL]: "true" } });
      console.log(`${machine.name}: has the label ${DATA_NODE_LABEL}=true now.`);
    }
  }
}

/** The machine as the Swarm has it, of which it is a part from now on at the latest. */
async function joined(machine: Machine, manager: Machine): Promise<Member> {
  const { Name, Swarm } = await infoOf(machine).catch((error: unknown) => {
    throw failure(machine, `its Docker does not answer by SSH: ${reasonOf(error)}`);
  });
  if (Name !== machine.hostname) {
    throw failure(machine, `it calls itself ${Name}, and should be ${machine.hostname}; nothing was changed`);
  }
  const isMember = Swarm.LocalNodeState === "active";
  if (!isMember && Swarm.LocalNodeState !== "inactive") {
    throw failure(
      machine,
      `its part in a Swarm is ${Swarm.LocalNodeState} (${Swarm.Error || "it gives no reason"}). To begin anew, on the machine: docker swarm leave --force`,
    );
  }
  if (!isMember) {
    console.log(`${machine.name}: joins as a ${machine.role}, at ${machine.privateAddress} …`);
    await admit(machine, manager);
  }
  const member = await readyMember(machine, manager.engine);
  if (member.role !== machine.role) {
    throw failure(
      machine,
      `it is a ${member.role}, and declared as a ${machine.role}: remove it with "nodes remove", and join it again`,
    );
  }
  console.log(`${machine.name}: is ${isMember ? "in the Swarm" : "ready"}.`);
  return member;
}

/** Hands the machine what admits it to the Swarm. It goes from one Docker to the other by SSH, and is nowhere else. */
async function admit(machine: Machine, manager: Machine): Promise<void> {
  const { JoinTokens }: { JoinTokens: { Manager: string; Worker: string } } = await answered(
    manager.engine.swarmInspect(),
  );
  const token = machine.role === "manager" ? JoinTokens.Manager : JoinTokens.Worker;
  const joining = machine.engine.swarmJoin({
    ListenAddr: `0.0.0.0:${SWARM_PORT}`,
    AdvertiseAddr: machine.privateAddress,
    RemoteAddrs: [`${manager.privateAddress}:${SWARM_PORT}`],
    JoinToken: token,
  });
  await within(LONGEST_JOIN_SECONDS, joining).catch((error: unknown) => {
    const reason = reasonOf(error).replaceAll(token, "<token>");
    throw failure(
      machine,
      `it did not join: ${reason}. The machines must reach each other at ${SWARM_PORT}/tcp in their private network`,
    );
  });
}

/** What the Swarm has of the machine, once that is ready. */
async function readyMember(machine: Machine, manager: Docker): Promise<Member> {
  const { NodeID } = (await infoOf(machine)).Swarm;
  let member: Member | undefined;
  const isThere = await becomes(LONGEST_READY_SECONDS, async () => {
    member = (await membersOf(manager)).find(({ id }) => id === NodeID);
    return member !== undefined && isReady(member);
  });
  if (member === undefined) {
    throw failure(
      machine,
      "it is in another Swarm. If nothing there is needed, on the machine: docker swarm leave --force",
    );
  }
  if (!isThere) {
    throw failure(machine, `it joined, and is ${member.state} after ${LONGEST_READY_SECONDS} s`);
  }
  return member;
}

function failure({ name, publicAddress }: Machine, problem: string): OperatorError {
  return new OperatorError(`${name} (${publicAddress}): ${problem}.`);
}
