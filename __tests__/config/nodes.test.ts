import { constraintTo, hostnameOf, nodesOf, type SwarmNode } from "../../config/nodes";
import { cloudLike } from "../support/cloud";
import { environmentNamed } from "../support/testing";

test.each([
  [{}, ["manager-1"]],
  [{ managers: 3 as const }, ["manager-1", "manager-2", "manager-3"]],
  [{ managers: 3 as const, workers: 2 }, ["manager-1", "manager-2", "manager-3", "worker-1", "worker-2"]],
])("a cloud with %j has these machines", (changes, names) => {
  const nodes = nodesOf(cloudLike(changes));

  expect(nodes.map(({ name }) => name)).toEqual(names);
  expect(nodes.map(({ role }) => role)).toEqual(names.map((name) => name.split("-")[0]));
  expect(nodes.filter(({ keepsData }) => keepsData).map(({ name }) => name)).toEqual(["manager-1"]);
});

test.each(["lan", "local"])("%s is one machine, whatever it is called", (name) => {
  const environment = environmentNamed(name);
  const [node, ...others] = nodesOf(environment);

  expect(others).toEqual([]);
  expect(constraintTo(node, environment)).toBe("node.role == manager");
});

test("a machine of the cloud is found by its label, or by its name where it has none", () => {
  const environment = cloudLike({ managers: 3, workers: 1 });
  const [first, ...others] = nodesOf(environment);

  expect(constraintTo(first, environment)).toBe("node.labels.sprocket.data == true");
  expect(others.map((node) => constraintTo(node, environment))).toEqual([
    "node.hostname == sprocket-staging-manager-2",
    "node.hostname == sprocket-staging-manager-3",
    "node.hostname == sprocket-staging-worker-1",
  ]);
  expect(hostnameOf(first as SwarmNode, environment)).toBe("sprocket-staging-manager-1");
});
