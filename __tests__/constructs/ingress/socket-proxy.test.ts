import { type DockerApiSection, SocketProxy } from "../../../constructs/ingress/socket-proxy";
import { networksOf, providedStack, serviceOf } from "../../support/services";
import { synthesise } from "../../support/testing";

function socketProxy(sections: readonly DockerApiSection[]) {
  const stack = providedStack();
  const { address } = new SocketProxy(stack, "socket-proxy", { network: networksOf(stack).dockerApi, sections });
  return { address, service: serviceOf(synthesise(stack), "socket_proxy") };
}

test.each([
  { sections: [], open: {} },
  { sections: ["NODES"], open: { NODES: "1" } },
  {
    sections: ["SERVICES", "TASKS", "NETWORKS", "NODES"],
    open: { SERVICES: "1", TASKS: "1", NETWORKS: "1", NODES: "1" },
  },
] as const)("opens exactly $sections", ({ sections, open }) => {
  expect(socketProxy(sections).service.task_spec.container_spec.env).toEqual({ ...open, EVENTS: "0" });
});

test("sees the socket of a manager, read-only, and lets in one network only", () => {
  const { address, service } = socketProxy(["NODES"]);
  const { container_spec, networks_advanced, placement } = service.task_spec;
  expect(address).toBe("sprocket-local-socket-proxy:2375");
  expect(placement.constraints).toEqual(["node.role == manager"]);
  expect(container_spec.mounts.filter(({ type }: { type: string }) => type !== "tmpfs")).toEqual([
    { type: "bind", source: "/var/run/docker.sock", target: "/var/run/docker.sock", read_only: true },
  ]);
  expect(container_spec.read_only).toBe(true);
  expect(networks_advanced).toEqual([{ name: "id-of-dockerApi" }]);
  expect(service.endpoint_spec.ports).toEqual([]);
  expect(service.labels.map(({ label }: { label: string }) => label)).toEqual(["sprocket.environment"]);
});

test("fails when two of them would have one name", () => {
  const stack = providedStack();
  const props = { network: networksOf(stack).dockerApi, sections: [] };
  new SocketProxy(stack, "socket-proxy", props);
  expect(() => new SocketProxy(stack, "socket-proxy", props)).toThrow(/already a Construct with name 'socket-proxy'/);
});
