import { join } from "../../../ops/nodes/join";
import { list } from "../../../ops/nodes/list";
import { environmentNamed } from "../../support/testing";
import { said, staging, startWith, swarm, switchOff } from "./staging";

jest.mock("node:timers/promises", () => jest.requireActual("../../support/short-pauses"));
jest.mock("../../../ops/nodes/addresses", () => jest.requireActual("./staging"));
jest.mock("../../../ops/ssh/docker-over-ssh", () => jest.requireActual("./staging"));

describe("list", () => {
  test("finds a wrong role, a label at the wrong place, what is down, and what nobody declared", async () => {
    swarm.node("manager-2").Spec.Role = "worker";
    swarm.node("manager-3").Status.State = "down";
    swarm.node("worker-1").Spec.Labels = { "sprocket.data": "true" };
    swarm.admit({ ...swarm.machine("worker-1"), name: "stranger", hostname: "stranger" }, "worker");

    expect(await list(staging, true)).toBe(1);
    const { findings } = JSON.parse(said());
    expect(findings.map(({ subject, message }: Record<string, string>) => `${subject} ${message}`)).toEqual([
      "manager-2 is a worker, and declared as a manager",
      "manager-3 does not answer the others: it is down",
      "worker-1 has the label sprocket.data=true, and not the data: databases may start empty there",
      "stranger is in the Swarm as id-of-stranger (ready), and not declared",
    ]);
  });

  test("finds a manager that answers the Swarm, and not the other managers", async () => {
    Object.assign(swarm.node("manager-2").ManagerStatus ?? {}, { Reachability: "unreachable" });
    swarm.node("manager-3").ManagerStatus = undefined;

    expect(await list(staging, true)).toBe(1);
    const { findings } = JSON.parse(said());
    expect(findings.map(({ subject, message }: Record<string, string>) => `${subject} ${message}`)).toEqual([
      "manager-2 takes no part in the managers' decisions: to them it is unreachable",
      "manager-3 takes no part in the managers' decisions: to them it is no manager",
    ]);
    expect(findings[0].remedy).toMatch(/2377\/tcp.*journalctl -u docker.*nodes remove staging manager-2; then /);
  });

  test("asks another manager where the first does not answer", async () => {
    switchOff("manager-1");

    expect(await list(staging, false)).toBe(0);
    expect(said()).toContain("All 4 machines are as declared.");
  });

  test("takes a new machine for the declared one, and the former one of its name for left over", async () => {
    swarm.node("worker-1").Status.State = "down";
    swarm.admit({ ...swarm.machine("worker-1"), name: "anew" }, "worker");

    expect(await list(staging, false)).toBe(1);
    expect(said()).toMatch(/is in the Swarm as id-of-worker-1 \(down\), and not declared/);
    expect(said()).toContain("Not as declared: 1.");
  });
});

test("managers of different Swarms are none, until people say which one is wrong", async () => {
  const Swarm = { LocalNodeState: "active", ControlAvailable: true, Nodes: 1, Cluster: { ID: "its-own" } };
  swarm.exceptions["manager-1 GET /info"] = () => ({ status: 200, body: { Name: "anew", Swarm } });

  await expect(join(staging, undefined)).rejects.toThrow(
    /different Swarms: 3 faults\n.*manager-1 .*its Swarm has 1 machines; .*made anew.*docker swarm leave --force/,
  );
});

describe("join", () => {
  test("changes nothing where all are there", async () => {
    const before = JSON.stringify(swarm.nodes);
    await join(staging, undefined);

    expect(said()).toBe(swarm.machines.map(({ name }) => `${name}: is in the Swarm.\n`).join(""));
    expect(JSON.stringify(swarm.nodes)).toBe(before);
  });

  test("labels the machine with the data, also where another change comes in between", async () => {
    swarm.node("manager-1").Spec.Labels = { other: "label" };
    const [first] = swarm.nodes;
    let times = 0;
    swarm.exceptions["manager-1 POST /nodes/id-of-manager-1/update"] = () => {
      times += 1;
      if (times === 1 && first !== undefined) {
        first.Version.Index += 1;
      }
      return undefined;
    };
    await join(staging, "manager-1");

    expect(times).toBe(2);
    expect(swarm.node("manager-1").Spec.Labels).toEqual({ other: "label", "sprocket.data": "true" });
  });

  test("admits no machine but the declared one", async () => {
    startWith("manager-1", "manager-2", "manager-3");
    swarm.machine("worker-1").hostname = "somebody-elses";

    await expect(join(staging, "worker-1")).rejects.toThrow(
      "it calls itself somebody-elses, and should be sprocket-staging-worker-1",
    );
    expect(swarm.nodes).toHaveLength(3);
  });

  test("says what Docker complains of where a machine is neither in a Swarm nor out of one", async () => {
    startWith("manager-1");
    const Swarm = { LocalNodeState: "pending", Error: "no leader" };
    swarm.exceptions["manager-2 GET /info"] = () => ({
      status: 200,
      body: { Name: swarm.machine("manager-2").hostname, Swarm },
    });

    await expect(join(staging, "manager-2")).rejects.toThrow("is pending (no leader). To begin anew, on the machine");
  });

  test("leaves a machine of another Swarm alone", async () => {
    startWith("manager-1");
    swarm.machine("manager-2").nodeId = "id-elsewhere";

    await expect(join(staging, "manager-2")).rejects.toThrow("it is in another Swarm");
  });

  test("says which machines there are where it is told of none", async () => {
    await expect(join(staging, "worker-7")).rejects.toThrow(
      'No machine "worker-7" is declared. Did you mean worker-1? Declared: manager-1, manager-2, manager-3, worker-1',
    );
  });
});

test("an environment without a cloud is refused", async () => {
  await expect(list(environmentNamed("local"), false)).rejects.toThrow("local: it has no cloud");
});
