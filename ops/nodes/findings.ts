import { DATA_NODE_LABEL, hostnameOf, nodesOf, type SwarmNode } from "../../config/nodes";
import type { Environment } from "../../config/schema";
import type { Finding } from "../diagnosis/finding";
import type { Member } from "./members";

/** How a machine with the data is replaced. */
const LOST = "see docs/operations/disaster-recovery.md";

/** A declared machine beside what the Swarm has of it. */
export interface Compared {
  readonly node: SwarmNode;
  readonly hostname: string;
  /** Undefined where it has not joined. */
  readonly member: Member | undefined;
}

/** What is declared and what is in the Swarm, side by side. */
export interface Comparison {
  readonly declared: readonly Compared[];
  /** What is in the Swarm and not declared, former machines of a declared name too. */
  readonly others: readonly Member[];
}

/** Lays what is declared beside what the Swarm has. */
export function compared(environment: Environment, members: readonly Member[]): Comparison {
  const declared = nodesOf(environment).map((node): Compared => {
    const hostname = hostnameOf(node, environment);
    const sameName = members.filter((member) => member.hostname === hostname);
    // One that was made anew joins beside the former one of its name.
    return { node, hostname, member: sameName.find(isReady) ?? sameName[0] };
  });
  const found = declared.map(({ member }) => member?.id);
  return { declared, others: members.filter(({ id }) => !found.includes(id)) };
}

/** Whatever is not as declared, with what would put it right. */
export function findingsOf(environment: Environment, { declared, others }: Comparison): readonly Finding[] {
  const ops = (subcommand: string, name: string) => `npm run ops -- nodes ${subcommand} ${environment.name} ${name}`;
  return [
    ...declared.flatMap(({ node, member }) => {
      const finding = (message: string, remedy: string): Finding => ({
        subject: node.name,
        state: "failed",
        message,
        remedy,
      });
      if (member === undefined) {
        return [finding("has not joined the Swarm", ops("join", node.name))];
      }
      const again = `${ops("remove", node.name)}; then ${ops("join", node.name)}`;
      return [
        ...(isReady(member)
          ? []
          : [
              finding(
                `does not answer the others: it is ${member.state}`,
                `start it at DigitalOcean; if it was made anew, ${node.keepsData ? LOST : again}`,
              ),
            ]),
        ...(isReady(member) && isLeftOut({ node, member })
          ? [
              finding(
                `takes no part in the managers' decisions: to them it is ${member.reachability ?? "no manager"}`,
                `the managers must reach each other at 2377/tcp; why they do not, "journalctl -u docker" says on it; if it stays so, ${node.keepsData ? LOST : again}`,
              ),
            ]
          : []),
        ...(member.role === node.role ? [] : [finding(`is a ${member.role}, and declared as a ${node.role}`, again)]),
        ...(member.availability === "active"
          ? []
          : [finding(`is set to ${member.availability}: nothing new starts on it`, ops("activate", node.name))]),
        ...(node.keepsData && !hasData(member)
          ? [finding(`lacks the label ${DATA_NODE_LABEL}=true: nothing that keeps data starts`, ops("join", node.name))]
          : []),
        ...(!node.keepsData && hasData(member) ? [strayLabel(node.name, member)] : []),
      ];
    }),
    ...others.flatMap((member): Finding[] => {
      const { hostname, id, state } = member;
      const away = isReady(member) ? `${ops("drain", id)}; then ${ops("remove", id)}` : ops("remove", id);
      return [
        {
          subject: hostname,
          state: "failed",
          message: `is in the Swarm as ${id} (${state}), and not declared`,
          remedy: `${away}; or declare it in config/environments/${environment.name}.ts`,
        },
        ...(hasData(member) && isReady(member) ? [strayLabel(hostname, member)] : []),
      ];
    }),
  ];
}

function strayLabel(subject: string, { id }: Member): Finding {
  return {
    subject,
    state: "failed",
    message: `has the label ${DATA_NODE_LABEL}=true, and not the data: databases may start empty there`,
    remedy: `on a manager: docker node update --label-rm ${DATA_NODE_LABEL} ${id}`,
  };
}

/** Whether a machine answers its Swarm. */
export function isReady({ state }: Member): boolean {
  return state === "ready";
}

/** Whether a manager is one by what is written of it alone. One can answer its Swarm, and not the other managers. */
function isLeftOut({ node, member }: { readonly node: SwarmNode; readonly member: Member }): boolean {
  return node.role === "manager" && member.role === "manager" && member.reachability !== "reachable";
}

/** Whether the Swarm takes a machine for the one with the data. */
export function hasData({ labels }: Member): boolean {
  return labels[DATA_NODE_LABEL] === "true";
}
