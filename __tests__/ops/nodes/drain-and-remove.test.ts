import { activate, drain } from "../../../ops/nodes/drain";
import { remove } from "../../../ops/nodes/remove";
import { said, staging, startWith, swarm, switchOff } from "./staging";

jest.mock("node:timers/promises", () => jest.requireActual("../../support/short-pauses"));
jest.mock("../../../ops/nodes/addresses", () => jest.requireActual("./staging"));
jest.mock("../../../ops/ssh/docker-over-ssh", () => jest.requireActual("./staging"));

const runs = (service: string, name: string) => ({
  ServiceID: `id-of-${service}`,
  NodeID: `id-of-${name}`,
  Status: { State: "running" },
});

describe("drain", () => {
  test("waits until nothing runs on the machine, and says what has no place any more", async () => {
    swarm.tasks = [runs("web", "worker-1"), { ServiceID: "id-of-redis", Status: { State: "pending" } }];
    await drain(staging, "worker-1", false);

    expect(swarm.node("worker-1").Spec.Availability).toBe("drain");
    expect(said()).toMatch(/worker-1: nothing runs on it any more\.\nNo other machine takes redis\./);

    await activate(staging, "worker-1");
    expect(swarm.node("worker-1").Spec.Availability).toBe("active");
  });

  test("fails where something does not end", async () => {
    swarm.tasks = [runs("redis", "worker-1")];

    await expect(drain(staging, "worker-1", false)).rejects.toThrow("still run on it: redis.");
  });

  test("refuses the machine with the data, unless told to stop everything", async () => {
    await expect(drain(staging, "manager-1", false)).rejects.toThrow(/staging is away.*--stop-everything/);
    expect(swarm.node("manager-1").Spec.Availability).toBe("active");

    await drain(staging, "manager-1", true);
    expect(swarm.node("manager-1").Spec).toMatchObject({ Availability: "drain", Labels: { "sprocket.data": "true" } });
  });

  test("refuses a manager without which the others could decide nothing", async () => {
    Object.assign(swarm.node("manager-3").ManagerStatus ?? {}, { Reachability: "unreachable" });

    await expect(drain(staging, "manager-2", false)).rejects.toThrow("2 of 3 managers answer");
  });

  test("says of one of two managers that it is to be removed before it is switched off", async () => {
    startWith("manager-1", "manager-2");
    await drain(staging, "manager-2", false);

    expect(said()).toContain("To switch it off, remove it first.");
  });

  test("names the machines of the Swarm where it is told of none", async () => {
    await expect(drain(staging, "worker-7", false)).rejects.toThrow(
      /is called worker-7\. It has sprocket-staging-manager-1, /,
    );
  });
});

describe("remove", () => {
  test("takes out a manager that the others gave up", async () => {
    startWith("manager-1", "manager-2");
    swarm.node("manager-2").Status.State = "down";
    swarm.node("manager-2").ManagerStatus = undefined;
    swarm.exceptions["manager-1 POST /nodes/id-of-manager-2/update"] = () => ({
      status: 404,
      body: { message: "can't find manager in raft memberlist" },
    });
    await remove(staging, "manager-2");

    expect(said()).toMatch(/is in the Swarm no more\.\n$/);
  });

  test("removes one that is down", async () => {
    swarm.node("worker-1").Status.State = "down";
    await remove(staging, "worker-1");

    expect(said()).toBe("worker-1: is in the Swarm no more.\n");
    expect(swarm.nodes).toHaveLength(3);
  });

  test("says how a machine is to forget the Swarm that could not be told", async () => {
    swarm.node("worker-1").Spec.Availability = "drain";
    switchOff("worker-1");
    await remove(staging, "worker-1");

    expect(said()).toMatch(/could not be told to leave: .*docker swarm leave --force/);
    expect(swarm.nodes).toHaveLength(3);
  });

  test("leaves a machine alone that took the place of the named one", async () => {
    swarm.node("worker-1").Spec.Availability = "drain";
    swarm.machine("worker-1").nodeId = "id-of-its-own";
    await remove(staging, "worker-1");

    expect(said()).toContain("there is another machine in its place, which is left alone");
    expect(swarm.machine("worker-1").nodeId).toBe("id-of-its-own");
  });

  test("wants an id where two have one name", async () => {
    swarm.node("worker-1").Status.State = "down";
    swarm.admit({ ...swarm.machine("worker-1"), name: "anew" }, "worker");

    await expect(remove(staging, "worker-1")).rejects.toThrow(
      "Name one by its id: id-of-worker-1 (down), id-of-anew (ready).",
    );
    await remove(staging, "id-of-worker-1");
    expect(swarm.nodes.map(({ ID }) => ID)).toContain("id-of-anew");
    expect(swarm.nodes).toHaveLength(4);
  });

  test("refuses a manager without which the others could decide nothing", async () => {
    startWith("manager-1", "manager-2");
    swarm.node("manager-2").Spec.Availability = "drain";
    Object.assign(swarm.node("manager-1").ManagerStatus ?? {}, { Reachability: "unreachable" });

    await expect(remove(staging, "manager-2")).rejects.toThrow("too few of the other managers answer");
  });

  test.each([
    ["worker-1", "First: npm run ops -- nodes drain staging worker-1"],
    ["manager-1", "keeps everybody's data"],
  ])("refuses %s: %s", async (name, reason) => {
    await expect(remove(staging, name)).rejects.toThrow(reason);
    expect(swarm.nodes).toHaveLength(4);
  });
});
