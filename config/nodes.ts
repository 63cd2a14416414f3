import type { Environment } from "./schema";

/** One machine of an environment's Swarm. */
export interface SwarmNode {
  /** Its name among its environment's, which never changes: `manager-1`. */
  readonly name: string;
  readonly role: "manager" | "worker";
  /** Whether everybody's data is on it. That is so of one alone, which the public address leads to as well. */
  readonly keepsData: boolean;
}

/** The label of the machine that everybody's data is on, where an environment may have several. */
export const DATA_NODE_LABEL = "sprocket.data";

/** The user as whom Docker is reached over SSH. */
export const DEPLOY_USER = "deploy";

/** The machines of an environment, the one with the data first. Outside the cloud there is one. */
export function nodesOf({ cloud }: Pick<Environment, "cloud">): readonly [SwarmNode, ...SwarmNode[]] {
  const { managers, workers } = cloud ?? { managers: 1, workers: 0 };
  return [
    { name: "manager-1", role: "manager", keepsData: true },
    ...numbered("manager", managers).slice(1),
    ...numbered("worker", workers),
  ];
}

/** What a machine is called, at DigitalOcean and in the Swarm. */
export function hostnameOf({ name }: SwarmNode, { prefix }: Pick<Environment, "prefix">): string {
  return `${prefix}-${name}`;
}

/** The machine by its constraint in Swarm's form: by its label where it has one, or by its name. */
export function constraintTo(node: SwarmNode, environment: Pick<Environment, "cloud" | "prefix">): string {
  if (environment.cloud === undefined) {
    return "node.role == manager";
  }
  return node.keepsData
    ? `node.labels.${DATA_NODE_LABEL} == true`
    : `node.hostname == ${hostnameOf(node, environment)}`;
}

function numbered(role: SwarmNode["role"], count: number): SwarmNode[] {
  return Array.from({ length: count }, (_, index) => ({ name: `${role}-${index + 1}`, role, keepsData: false }));
}
