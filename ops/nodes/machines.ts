import type Docker from "dockerode";
import { FaultsError, rejectFaults } from "../../config/faults";
import { sshOptionsOf } from "../../config/known-hosts";
import { DEPLOY_USER, hostnameOf, nodesOf, type SwarmNode } from "../../config/nodes";
import type { Environment } from "../../config/schema";
import { reasonOf } from "../diagnosis/check";
import { nearest } from "../nearest";
import { OperatorError } from "../operator-error";
import { dockerOverSsh } from "../ssh/docker-over-ssh";
import { isManager, type SwarmInfo } from "../swarm/engine";
import { addressesOf } from "./addresses";
import { answered } from "./waiting";

/** A declared machine that the layer `foundation` made. */
export interface Machine extends SwarmNode {
  /** What it is called in the Swarm. */
  readonly hostname: string;
  readonly publicAddress: string;
  readonly privateAddress: string;
  /** Its Docker, which is reached by SSH once it is asked. */
  readonly engine: Docker;
}

/** What a machine's Docker says of itself, as far as it is read here. */
export interface MachineInfo extends SwarmInfo {
  readonly Name: string;
  readonly Swarm: NonNullable<SwarmInfo["Swarm"]> & {
    readonly NodeID?: string;
    readonly Error?: string;
    /** How many machines it has, as a manager knows. */
    readonly Nodes?: number;
    readonly Cluster?: { readonly ID: string };
  };
}

/**
 * The declared machines of an environment, the one with the data first.
 *
 * @throws FaultsError outside the cloud
 * @throws OperatorError where nobody knows where they are
 */
export async function machinesOf(environment: Environment): Promise<readonly [Machine, ...Machine[]]> {
  requireCloud(environment);
  const addresses = await addressesOf(environment);
  const nodes = nodesOf(environment);
  if (addresses.public.length !== nodes.length || addresses.private.length !== nodes.length) {
    const { name } = environment;
    throw new OperatorError(
      `${name} declares ${nodes.length} machines, and ${name}-foundation made ${addresses.public.length}. Deploy that layer first: npm run deploy:layer -- ${name}-foundation`,
    );
  }
  const options = sshOptionsOf(environment);
  const [first, ...others] = nodes.map((node, index): Machine => {
    const publicAddress = addresses.public[index] as string;
    return {
      ...node,
      hostname: hostnameOf(node, environment),
      publicAddress,
      privateAddress: addresses.private[index] as string,
      engine: dockerOverSsh({ address: publicAddress, user: DEPLOY_USER }, options),
    };
  });
  return [first as Machine, ...others];
}

/**
 * @throws FaultsError for an environment that is a machine of its operators
 */
export function requireCloud({ name, cloud }: Environment): void {
  rejectFaults(
    "nodes",
    cloud === undefined
      ? [{ where: name, message: "it has no cloud, and so one machine, which is its operators'; name another" }]
      : [],
  );
}

/** What a machine's Docker says of itself. */
export async function infoOf({ engine }: Pick<Machine, "engine">): Promise<MachineInfo> {
  return (await answered(engine.info())) as MachineInfo;
}

/**
 * The first machine that may decide for the Swarm.
 *
 * @throws FaultsError when there is none, with why each is not; and when they are in several Swarms
 */
export async function managerAmong(machines: readonly Machine[]): Promise<Machine> {
  const asked = await Promise.all(
    machines
      .filter(({ role }) => role === "manager")
      .map((machine) =>
        infoOf(machine).then(
          (info) => ({ machine, info, problem: problemOf(info) }),
          (error: unknown) => ({
            machine,
            info: undefined,
            problem: `its Docker does not answer by SSH: ${reasonOf(error)}`,
          }),
        ),
      ),
  );
  const where = ({ hostname, publicAddress }: Machine) => `${hostname} (${publicAddress})`;
  const managers = asked.filter(({ problem }) => problem === undefined);
  const swarms = new Set(managers.map(({ info }) => info?.Swarm.Cluster?.ID));
  if (swarms.size > 1) {
    rejectFaults(
      "the managers are in different Swarms",
      managers.map(({ machine, info }) => ({
        where: where(machine),
        message: `its Swarm has ${info?.Swarm.Nodes} machines; if it is the one that was made anew, on it: docker swarm leave --force`,
      })),
    );
  }
  const [first] = managers;
  if (first === undefined) {
    const faults = asked.map(({ machine, problem = "" }) => ({ where: where(machine), message: problem }));
    throw new FaultsError("the Swarm's managers", faults);
  }
  return first.machine;
}

/**
 * The declared machine of a name, such as `worker-1` or `sprocket-production-worker-1`.
 *
 * @throws OperatorError when there is none, with those that there are
 */
export function machineNamed(machines: readonly Machine[], given: string): Machine {
  const machine = machines.find(({ name, hostname }) => name === given || hostname === given);
  if (machine === undefined) {
    const names = machines.map(({ name }) => name);
    throw new OperatorError(
      `No machine "${given}" is declared. Did you mean ${nearest(given, names)}? Declared: ${names.join(", ")}`,
    );
  }
  return machine;
}

function problemOf(info: MachineInfo): string | undefined {
  const { LocalNodeState, Error: problem } = info.Swarm;
  return isManager(info) && !problem
    ? undefined
    : `its Docker answers, and is no manager of a Swarm (${problem || LocalNodeState}); on the machine, "cloud-init status --long" says how its first start went`;
}
