import type Docker from "dockerode";
import { OperatorError } from "../operator-error";
import { answered } from "./waiting";

/** How often a change is tried that another one of the same moment came before. */
const MOST_TRIES = 5;
const OUTDATED = "update out of sequence";

/** A machine as its Swarm has it. */
export interface Member {
  readonly id: string;
  readonly hostname: string;
  readonly role: "manager" | "worker";
  readonly availability: "active" | "pause" | "drain";
  /** `ready` where it answers, else such as `down`. */
  readonly state: string;
  /** Docker's version. */
  readonly engine: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly address: string;
  readonly isLeader: boolean;
  /** Whether the other managers reach it; undefined where it takes no part in decisions. */
  readonly reachability: "reachable" | "unreachable" | "unknown" | undefined;
}

/** What of a machine its Swarm is told. */
export interface MemberChange {
  readonly Role?: Member["role"];
  readonly Availability?: Member["availability"];
  readonly Labels?: Member["labels"];
}

/** A machine as Docker's API tells of it. */
interface ApiNode {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly Spec: Required<Omit<MemberChange, "Labels">> & Pick<MemberChange, "Labels">;
  readonly Description: { readonly Hostname: string; readonly Engine: { readonly EngineVersion: string } };
  readonly Status: { readonly State: string; readonly Addr?: string };
  readonly ManagerStatus?: {
    readonly Leader?: boolean;
    readonly Reachability: NonNullable<Member["reachability"]>;
    readonly Addr: string;
  };
}

/** Every machine of the Swarm, by name. */
export async function membersOf(manager: Docker): Promise<readonly Member[]> {
  const nodes: readonly ApiNode[] = await answered(manager.listNodes());
  return nodes.map(memberOf).sort((a, b) => (a.hostname < b.hostname ? -1 : 1));
}

/**
 * One machine of the Swarm.
 *
 * @param given its host name, or its id
 * @throws OperatorError when there is none, or several of one host name
 */
export function memberNamed(members: readonly Member[], given: string): Member {
  const [member, ...others] = members.filter(({ id, hostname }) => id === given || hostname === given);
  if (member === undefined) {
    throw new OperatorError(
      `No machine of the Swarm is called ${given}. It has ${members.map(({ hostname }) => hostname).join(", ")}.`,
    );
  }
  if (others.length > 0) {
    const ids = [member, ...others].map(({ id, state }) => `${id} (${state})`);
    throw new OperatorError(
      `Several machines of the Swarm are called ${member.hostname}. Name one by its id: ${ids.join(", ")}.`,
    );
  }
  return member;
}

/** Changes what the Swarm has of a machine, and leaves the rest as it is. */
export async function changeMember(manager: Docker, id: string, change: MemberChange): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const { Spec, Version }: ApiNode = await answered(manager.getNode(id).inspect());
    try {
      await answered(manager.getNode(id).update({ _query: { version: Version.Index }, _body: { ...Spec, ...change } }));
      return;
    } catch (error) {
      if (tries === MOST_TRIES || !(error as Error).message.includes(OUTDATED)) {
        throw error;
      }
    }
  }
}

function memberOf({ ID, Spec, Description, Status, ManagerStatus }: ApiNode): Member {
  return {
    id: ID,
    hostname: Description.Hostname,
    role: Spec.Role,
    availability: Spec.Availability,
    state: Status.State,
    engine: Description.Engine.EngineVersion,
    labels: Spec.Labels ?? {},
    // A manager's own may be 0.0.0.0 in what it says of its status.
    address: ManagerStatus?.Addr.replace(/:\d+$/, "") ?? Status.Addr ?? "",
    isLeader: ManagerStatus?.Leader === true,
    reachability: ManagerStatus?.Reachability,
  };
}
