import { type AwsKmsSeal, VaultServer } from "../../../constructs/secrets/vault-server";
import type { LayerStack } from "../../../constructs/terraform/layer-stack";
import { offsiteOutputs } from "../../../stacks/outputs";
import { networksOf, providedStack, serviceOf } from "../../support/services";
import { environmentNamed, interpolated, synthesise } from "../../support/testing";

const writtenOut: AwsKmsSeal = {
  region: "us-east-1",
  keyId: "key-id",
  accessKeyId: "access-key-id",
  secretAccessKey: "secret-access-key",
};

/** A server in the cloud, its seal from the outputs of `offsite`. */
function vaultServer({ seal = false, endpoint }: { seal?: boolean; endpoint?: string } = {}) {
  const stack = providedStack({ environment: environmentNamed("production") });
  const { vault, metrics } = networksOf(stack);
  const outputs = offsiteOutputs.read(stack);
  const server = new VaultServer(stack, "vault", {
    networks: [vault, metrics],
    seal: seal
      ? {
          region: outputs.sealRegion,
          keyId: outputs.sealKeyId,
          accessKeyId: outputs.sealAccessKeyId,
          secretAccessKey: outputs.sealSecretAccessKey,
          endpoint,
        }
      : undefined,
  });
  const json = synthesise(stack);
  return { server, json, service: serviceOf(json, "vault") };
}

test("keeps its data in raft on its volume, and answers its API and its metrics at ports of their own", () => {
  const { json, service } = vaultServer();
  expect(JSON.parse(json.locals?.vault_server ?? "")).toEqual({
    ui: true,
    disable_mlock: true,
    api_addr: "http://sprocket-production-vault:8200",
    cluster_addr: "http://sprocket-production-vault:8201",
    storage: { raft: { path: "/vault/file", node_id: "vault", performance_multiplier: 1 } },
    listener: [
      { tcp: { address: "0.0.0.0:8200", tls_disable: true } },
      { tcp: { address: "0.0.0.0:8203", tls_disable: true, telemetry: { unauthenticated_metrics_access: true } } },
    ],
    telemetry: { disable_hostname: true, prometheus_retention_time: "24h" },
  });
  expect(service.task_spec.container_spec.mounts).toContainEqual({
    type: "volume",
    source: "sprocket-production-vault-data",
    target: "/vault/file",
  });
});

test("stays where its volume is, publishes nothing and is reached by its name", () => {
  const { server, service } = vaultServer();
  expect(server.internalUrl).toBe("http://sprocket-production-vault:8200");
  expect(service.task_spec.placement.constraints).toEqual(["node.labels.sprocket.data == true"]);
  expect(service.endpoint_spec.ports).toEqual([]);
  expect(service.task_spec.networks_advanced).toEqual([{ name: "id-of-vault" }, { name: "id-of-metrics" }]);
});

test("counts as healthy while it is empty, sealed or a standby: only one that does not answer is a failure", () => {
  const [kind, line] = vaultServer().service.task_spec.container_spec.healthcheck.test;
  expect(kind).toBe("CMD-SHELL");
  const [, quoted = ""] = /^wget -q -O \/dev\/null '([^']+)'$/.exec(line) ?? [];
  const { origin, pathname, searchParams } = new URL(quoted);
  expect([origin, pathname]).toEqual(["http://127.0.0.1:8200", "/v1/sys/health"]);
  expect(Object.fromEntries(searchParams)).toEqual({ uninitcode: "200", sealedcode: "200", standbyok: "true" });
});

describe("without a seal", () => {
  const { json, service } = vaultServer();
  const { command, secrets } = service.task_spec.container_spec;

  test("starts with its one file and has no secret", () => {
    expect(command).toEqual(["vault", "server", "-config=/vault/config/server.json"]);
    expect(secrets).toEqual([]);
    expect(json.resource?.docker_secret).toBeUndefined();
  });
});

describe("with a KMS seal", () => {
  const { json, service } = vaultServer({ seal: true });
  const { command, configs, secrets } = service.task_spec.container_spec;

  test("reads it from a secret's file that is its own alone", () => {
    expect(command).toEqual(["vault", "server", "-config=/vault/config/server.json", "-config=/run/secrets/seal.json"]);
    expect(secrets).toEqual([
      {
        file_name: "/run/secrets/seal.json",
        file_uid: "100",
        file_gid: "1000",
        file_mode: 0o400,
        secret_id: interpolated("docker_secret.vault_seal.id"),
        secret_name: interpolated("docker_secret.vault_seal.name"),
      },
    ]);
    expect(configs.map((config: any) => config.file_name)).toEqual(["/vault/config/server.json"]);
  });

  test("takes every part of it from offsite's outputs, in no config", () => {
    const data: string = json.resource?.docker_secret?.vault_seal.data;
    const outputs = "data.terraform_remote_state.offsite.outputs";
    for (const [key, value] of Object.entries({
      region: `${outputs}.seal_region`,
      kms_key_id: `${outputs}.seal_key_id`,
      access_key: `${outputs}.seal_access_key_id`,
      secret_key: `sensitive(${outputs}.seal_secret_access_key)`,
    })) {
      expect(data).toContain(`"${key}" = ${value}`);
    }
    expect(data).not.toContain("endpoint");
    expect(JSON.stringify([json.locals, json.resource?.docker_config])).not.toMatch(
      /seal|awskms|terraform_remote_state/,
    );
  });

  test("asks KMS somewhere else where told so", () => {
    const { docker_secret } = vaultServer({ seal: true, endpoint: "http://kms:5000" }).json.resource ?? {};
    expect(docker_secret?.vault_seal.data).toContain('"endpoint" = "http://kms:5000"');
  });
});

test("fails without a network", () => {
  const stack = providedStack();
  expect(() => new VaultServer(stack, "vault", { networks: [] })).toThrow(
    "local-layer-1/vault/Resource: 1 fault\n  - networks: got none; join at least one",
  );
});

test.each([
  ["wholly", () => writtenOut.secretAccessKey],
  ["in part", (stack: LayerStack) => `secret-${offsiteOutputs.read(stack).sealSecretAccessKey}`],
])("fails with a seal whose secret key is %s written out", (_, secretAccessKey) => {
  const stack = providedStack();
  const networks = [networksOf(stack).vault];
  const seal = { ...writtenOut, secretAccessKey: secretAccessKey(stack) };
  expect(() => new VaultServer(stack, "vault", { networks, seal })).toThrow(
    /^local-layer-1\/vault.*: 1 fault\n {2}- .*: .*written out and would be in the synthesised JSON/,
  );
});
