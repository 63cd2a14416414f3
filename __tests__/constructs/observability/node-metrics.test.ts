import { parse } from "smol-toml";
import { nodesOf } from "../../../config/nodes";
import { NodeMetrics } from "../../../constructs/observability/node-metrics";
import { dataStack, filesInContainer } from "../../support/data";
import { serviceOf } from "../../support/services";
import { synthesise } from "../../support/testing";

const { stack, networks } = dataStack();
new NodeMetrics(stack, "node-metrics", { networks, node: nodesOf(stack.environment)[0] });
const json = synthesise(stack);
const service = serviceOf(json, "node-metrics");
const { env, mounts, secrets } = service.task_spec.container_spec;
const text = filesInContainer(json, "node_metrics")["/etc/telegraf/telegraf.conf"] ?? "";
const { inputs, processors }: any = parse(text);
const [docker] = inputs.docker;

describe("the machine", () => {
  test("is seen by a few files of the kernel's, read-only, which tell nothing of processes", () => {
    const files = ["stat", "meminfo", "loadavg", "uptime", "vmstat"];

    expect(mounts.filter(({ type }: any) => type === "bind")).toEqual([
      ...files.map((file) => ({
        type: "bind",
        source: `/proc/${file}`,
        target: `${env.HOST_PROC}/${file}`,
        read_only: true,
      })),
      // The first process' network is the machine's; a container's own is another.
      { type: "bind", source: "/proc/1/net/dev", target: `${env.HOST_PROC}/net/dev`, read_only: true },
    ]);
  });

  test("has the disks that its own mounts are on: Docker's and the volumes'", () => {
    const volume = mounts.find(({ type }: any) => type === "volume");

    expect(env.HOST_PROC_MOUNTINFO).toBe("/proc/self/mountinfo");
    expect(inputs.disk[0].mount_points).toEqual(["/etc/hosts", volume.target]);
  });

  test("has disks that are called by what is on them, and not by where the collector sees them", () => {
    const rules = processors.regex[0].tags.filter(({ result_key }: any) => result_key === "holds");
    const holds = (path: string) =>
      rules.flatMap(({ key, pattern, replacement }: any) =>
        key === "path" && new RegExp(pattern).test(path) ? [replacement] : [],
      );

    expect(inputs.disk[0].mount_points.map(holds)).toEqual([["images, containers and logs"], ["volumes"]]);
    expect(processors.override[0].tagexclude).toContain("path");
  });

  test("is measured as a whole, and not by processor or container interface", () => {
    expect(inputs.cpu).toMatchObject([{ percpu: false, totalcpu: true }]);
    expect(inputs.net).toMatchObject([{ interfaces: ["e*"] }]);
    expect(Object.keys(inputs).sort()).toEqual(["cpu", "disk", "docker", "mem", "net", "swap", "system"]);
  });
});

describe("containers", () => {
  test("are asked about by the proxy alone: the socket is not there", () => {
    expect(docker.endpoint).toBe("tcp://sprocket-local-node-metrics-docker:2375");
    expect(mounts.filter(({ source }: any) => /docker\.sock|^\/(var\/)?run|^\/$/.test(source))).toEqual([]);
    expect(service.task_spec.networks_advanced).toEqual([{ name: "id-of-metrics" }, { name: "id-of-containerApi" }]);
  });

  test("are the environment's, those too that ended", () => {
    expect(docker).toMatchObject({
      container_name_include: ["sprocket-local-*"],
      container_state_include: ["running", "exited"],
      gather_services: true,
      // The proxy does not answer how large images and volumes are.
      storage_objects: [],
    });
  });

  test("are told by the service's name as people say it, and by no label that has others", () => {
    const [{ order, tags }] = processors.regex;
    const [override] = processors.override;
    const named = tags
      .filter(({ result_key }: any) => result_key === "service")
      .map(({ key, pattern, replacement, result_key }: any) => [
        key,
        result_key,
        "sprocket-local-replay-parse-service".replace(new RegExp(pattern), replacement),
      ]);

    expect(named).toEqual([
      ["com.docker.swarm.service.name", "service", "replay-parse-service"],
      ["service_name", "service", "replay-parse-service"],
    ]);
    expect([...override.tagexclude].sort()).toEqual([...new Set(tags.map(({ key }: any) => key))].sort());
    // What is read must still be there.
    expect(order).toBeLessThan(override.order);
    expect(docker.docker_label_include).toEqual(["com.docker.swarm.service.name"]);
  });
});

test("it has no secret", () => {
  expect(secrets).toEqual([]);
  expect(text).not.toMatch(/password|token|secret/i);
});
