import type { Answer, Question } from "../../support/http-server";

export const TOKENS = { Manager: "SWMTKN-1-manager-secret", Worker: "SWMTKN-1-worker-secret" };

type Role = "manager" | "worker";

/** A machine as Docker's API tells of it. */
interface FakeNode {
  readonly ID: string;
  readonly Version: { Index: number };
  Spec: { Role: Role; Availability: string; Labels?: Record<string, string> };
  readonly Description: { readonly Hostname: string; readonly Engine: { readonly EngineVersion: string } };
  readonly Status: { State: string; readonly Addr: string };
  ManagerStatus?: { readonly Leader: boolean; Reachability: string; readonly Addr: string };
}

/** A machine of a test with Docker on it. */
export interface FakeMachine {
  readonly name: string;
  hostname: string;
  readonly publicAddress: string;
  readonly privateAddress: string;
  /** Its id in the Swarm that it takes itself for a part of. */
  nodeId: string | undefined;
  /** Whether ssh gets there. */
  isReachable: boolean;
}

/** Stands in for the Docker of several machines, and for the Swarm that they are. */
export class FakeSwarm {
  readonly machines: readonly FakeMachine[];
  nodes: FakeNode[] = [];
  /** Containers of the services `web` and `redis`; the latter end on no machine. */
  tasks: { readonly ServiceID: string; readonly NodeID?: string; readonly Status: { readonly State: string } }[] = [];
  /** What a machine answers in place of the usual, such as to `worker-1 POST /swarm/join`. */
  exceptions: Record<string, (question: Question) => Answer | undefined> = {};

  constructor(
    private readonly prefix: string,
    names: readonly string[],
  ) {
    this.machines = names.map((name, index) => ({
      name,
      hostname: `${prefix}-${name}`,
      publicAddress: `203.0.113.1${index}`,
      privateAddress: `10.61.0.${index + 2}`,
      nodeId: undefined,
      isReachable: true,
    }));
  }

  reset(...joined: readonly string[]): void {
    this.nodes = [];
    this.tasks = [];
    this.exceptions = {};
    for (const machine of this.machines) {
      const hostname = `${this.prefix}-${machine.name}`;
      Object.assign(machine, { hostname, nodeId: undefined, isReachable: true });
      if (joined.includes(machine.name)) {
        this.admit(machine, machine.name.startsWith("manager") ? "manager" : "worker");
      }
    }
    const [first] = this.nodes;
    if (first !== undefined) {
      first.Spec.Labels = { "sprocket.data": "true" };
    }
  }

  machine(name: string): FakeMachine {
    return this.machines.find((machine) => machine.name === name) as FakeMachine;
  }

  node(name: string): FakeNode {
    return this.nodes.find(({ Description }) => Description.Hostname === `${this.prefix}-${name}`) as FakeNode;
  }

  admit(machine: FakeMachine, role: Role): void {
    const { privateAddress: Addr } = machine;
    machine.nodeId = `id-of-${machine.name}`;
    this.nodes.push({
      ID: machine.nodeId,
      Version: { Index: 1 },
      Spec: { Role: role, Availability: "active" },
      Description: { Hostname: machine.hostname, Engine: { EngineVersion: "29.1.0" } },
      Status: { State: "ready", Addr },
      ManagerStatus:
        role === "manager"
          ? { Leader: machine.name === "manager-1", Reachability: "reachable", Addr: `${Addr}:2377` }
          : undefined,
    });
  }

  answer(machine: FakeMachine, question: Question): Answer {
    const what = question.what.replace(/ \/v[\d.]+\//, " /");
    const id = /\/nodes\/([^/]+)/.exec(what)?.[1];
    const node = this.nodes.find(({ ID }) => ID === id);
    return (
      this.exceptions[`${machine.name} ${what}`]?.(question) ??
      (node === undefined
        ? this.aboutSwarm(machine, what, question)
        : this.aboutNode(node, what.replace(`/${id}`, ""), question))
    );
  }

  private aboutSwarm(machine: FakeMachine, what: string, { query, body }: Question): Answer {
    const ok = (answer: object): Answer => ({ status: 200, body: answer });
    const node = this.nodes.find(({ ID }) => ID === machine.nodeId);
    switch (what) {
      case "GET /info": {
        const LocalNodeState = machine.nodeId === undefined ? "inactive" : "active";
        const ControlAvailable = node?.Spec.Role === "manager";
        const Swarm = { LocalNodeState, NodeID: machine.nodeId, ControlAvailable, Cluster: { ID: "swarm" } };
        return ok({ Name: machine.hostname, Swarm });
      }
      case "GET /swarm":
        return ok({ JoinTokens: TOKENS });
      case "GET /nodes":
        return ok(this.nodes);
      case "GET /services":
        return ok(["web", "redis"].map((name) => ({ ID: `id-of-${name}`, Spec: { Name: name } })));
      case "GET /tasks": {
        const { node: nodes } = JSON.parse(query.get("filters") ?? "{}");
        return ok(this.tasks.filter(({ NodeID }) => nodes === undefined || nodes.includes(NodeID)));
      }
      case "POST /swarm/join":
        return this.join(machine, JSON.parse(body));
      case "POST /swarm/leave":
        machine.nodeId = undefined;
        (node as FakeNode).Status.State = "down";
        return ok({});
      default:
        return { status: 404, body: { message: `${what} is not there` } };
    }
  }

  private aboutNode(node: FakeNode, what: string, { query, body }: Question): Answer {
    switch (what) {
      case "GET /nodes":
        return { status: 200, body: node };
      case "POST /nodes/update":
        return this.update(node, Number(query.get("version")), JSON.parse(body));
      default:
        if (node.Status.State === "ready" && query.get("force") !== "true") {
          return { status: 400, body: { message: "it is not down" } };
        }
        this.nodes = this.nodes.filter((other) => other !== node);
        return { status: 200, body: {} };
    }
  }

  private join(machine: FakeMachine, asked: Readonly<Record<string, unknown>>): Answer {
    const { JoinToken: token, AdvertiseAddr: own, RemoteAddrs: managers } = asked;
    const role = (["Manager", "Worker"] as const).find((name) => TOKENS[name] === token);
    if (role === undefined || own !== machine.privateAddress || (managers as string[])[0] !== "10.61.0.2:2377") {
      return { status: 400, body: { message: "wrong token or addresses" } };
    }
    this.admit(machine, role === "Manager" ? "manager" : "worker");
    return { status: 200, body: {} };
  }

  private update(node: FakeNode, version: number, spec: FakeNode["Spec"]): Answer {
    if (version !== node.Version.Index) {
      return { status: 500, body: { message: "rpc error: code = Unknown desc = update out of sequence" } };
    }
    node.Version.Index += 1;
    node.Spec = spec;
    if (spec.Role === "worker") {
      node.ManagerStatus = undefined;
    }
    if (spec.Availability === "drain") {
      this.tasks = this.tasks.filter(({ NodeID, ServiceID }) => NodeID !== node.ID || ServiceID === "id-of-redis");
    }
    return { status: 200, body: {} };
  }
}
