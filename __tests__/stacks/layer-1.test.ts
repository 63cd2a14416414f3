import { Testing } from "cdktf";
import { Layer1 } from "../../stacks/layer-1";
import { labelsOf, serviceOf } from "../support/services";
import { interpolated, layerProps, synthesise } from "../support/testing";

const layer1 = (name: string) => synthesise(new Layer1(Testing.app(), layerProps(name)));

describe.each([
  { name: "production", domain: "sprocket.example.org" },
  { name: "staging", domain: "sprocket-staging.example.org" },
])("Vault's public host on $name", ({ name, domain }) => {
  const labels = labelsOf(serviceOf(layer1(name), "vault"));
  const router = `traefik.http.routers.sprocket-${name}-vault`;

  test("does not lead to what only the machine itself may do, from outside or from inside", () => {
    const rule =
      `Host(\`vault.${domain}\`) && ` +
      "!PathRegexp(`^/v1/sys/(init|unseal|seal|generate-root|rekey|rekey-recovery-key|step-down|storage/raft)(/|$)|%`)";
    expect([labels[`${router}.rule`], labels[`${router}_inside.rule`]]).toEqual([rule, rule]);
  });

  const [, expression = ""] = /!PathRegexp\(`(.*)`\)$/.exec(labels[`${router}.rule`] ?? "") ?? [];
  test.each([
    ["/v1/sys/init", true],
    ["/v1/sys/unseal", true],
    ["/v1/sys/seal", true],
    ["/v1/sys/rekey/init", true],
    ["/v1/sys/rekey-recovery-key/init", true],
    ["/v1/sys/generate-root/attempt", true],
    ["/v1/sys/step-down", true],
    ["/v1/sys/seal-status", false],
    ["/v1/sys/health", false],
    ["/v1/secret/data/x", false],
    ["/v1/secret/data/v1/sys/init", false],
  ])("at %s is closed: %p", (path, closed) => {
    expect(expression).not.toBe("");
    expect(new RegExp(expression).test(path)).toBe(closed);
  });
});

test.each(["local", "lan"])("Vault has no public host on %s", (name) => {
  const labels = labelsOf(serviceOf(layer1(name), "vault"));
  expect(Object.keys(labels).filter((label) => /-vault(_inside)?\.rule$/.test(label))).toEqual([]);
});

test.each(["production", "staging"])("the sign-in of %s is out of the public services' reach", (name) => {
  const service = serviceOf(layer1(name), "sign_in");
  expect(service.task_spec.networks_advanced).toEqual([{ name: interpolated("docker_network.ingress_operators.id") }]);
  expect(labelsOf(service)).toMatchObject({
    "traefik.swarm.network": `sprocket-${name}-ingress-operators`,
    [`traefik.http.routers.sprocket-${name}-auth_inside.entrypoints`]: "inside",
  });
});
