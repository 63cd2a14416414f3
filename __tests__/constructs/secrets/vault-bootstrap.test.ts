import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../../config/schema";
import { VaultBootstrap } from "../../../constructs/secrets/vault-bootstrap";
import { DEPLOYER_POLICY, MAINTAINER_POLICY } from "../../../constructs/secrets/vault-policies";
import { VaultServer } from "../../../constructs/secrets/vault-server";
import { networksOf, providedStack, rendered, serviceOf } from "../../support/services";
import { environmentNamed, interpolated, synthesise } from "../../support/testing";

const SCRIPTS = ["work.sh", "verify.sh", "afterwards.sh"];

function scriptNamed(file: string): string {
  return readFileSync(join(__dirname, "../../../constructs/secrets/vault-bootstrap", file), "utf8");
}

function addBootstrap(environment: Environment) {
  const stack = providedStack({ environment });
  const network = networksOf(stack).vault;
  const server = new VaultServer(stack, "vault", { networks: [network] });
  return { stack, make: () => new VaultBootstrap(stack, "vault-bootstrap", { server, network }) };
}

function bootstrap(name: string) {
  const { stack, make } = addBootstrap(environmentNamed(name));
  const { credential } = make();
  const json = synthesise(stack);
  return { credential, json, service: serviceOf(json, "vault-bootstrap") };
}

describe.each(["local", "lan"])("on %s", (name) => {
  const { credential, json, service } = bootstrap(name);
  const { args, command, configs, env, mounts, secrets, healthcheck } = service.task_spec.container_spec;

  test("works, proves the result and then stays, in that order", () => {
    expect(command).toEqual(["/bin/sh", "-ec"]);
    const script = rendered(args[0]);
    const places = SCRIPTS.map((file) => script.indexOf(scriptNamed(file).trim()));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test("is healthy only once the result was proved", () => {
    const [, proof] = /test -e (\S+)/.exec(healthcheck.test[1]) ?? [];
    const script = rendered(args[0]);
    const touched = script.indexOf(`touch ${proof}`);
    expect(touched).toBeGreaterThan(script.indexOf(scriptNamed("verify.sh").trim()));
    expect(touched).toBeLessThan(script.indexOf(scriptNamed("afterwards.sh").trim()));
  });

  test("is a script that a shell can read", () => {
    const { status, stderr } = spawnSync("sh", ["-n"], { input: rendered(args[0]), encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("knows Vault's address, and the password by its file alone", () => {
    expect(env).toEqual({
      VAULT_ADDR: `http://sprocket-${name}-vault:8200`,
      POLICIES: "/etc/vault-bootstrap",
      DEPLOYER_PASSWORD_FILE: "/run/secrets/deployer-password",
    });
    expect(secrets).toMatchObject([{ file_name: "/run/secrets/deployer-password", file_uid: "100", file_mode: 0o400 }]);
    expect(json.resource?.docker_secret?.vault_bootstrap_deployer_password.data).toBe(
      interpolated("base64encode(random_password.vault_bootstrap_deployer_password_value.result)"),
    );
    expect(JSON.stringify(args)).not.toContain("random_password");
  });

  test("hands on how to sign in", () => {
    expect(credential.username).toBe("deployer");
    expect(scriptNamed("work.sh")).toContain("auth/userpass/users/deployer token_policies=deployer");
  });

  test("waits for the server, keeps its key on a volume beside it and reaches nothing else", () => {
    expect(service.depends_on).toEqual(["docker_service.vault"]);
    expect(mounts).toContainEqual({
      type: "volume",
      source: `sprocket-${name}-vault-bootstrap-keys`,
      target: "/vault/file",
    });
    expect(service.task_spec.placement.constraints).toEqual(["node.role == manager"]);
    expect(service.task_spec.networks_advanced).toEqual([{ name: "id-of-vault" }]);
  });

  test.each([
    ["deployer", DEPLOYER_POLICY],
    ["maintainer", MAINTAINER_POLICY],
  ] as const)("mounts the policy of the %s where its script looks", (user, policy) => {
    expect(configs.map((config: any) => config.file_name)).toContain(`/etc/vault-bootstrap/${user}.json`);
    expect(scriptNamed("work.sh")).toContain(`vault policy write ${user} "$POLICIES/${user}.json"`);
    expect(JSON.parse(json.locals?.[`vault_bootstrap_${user}_policy`] ?? "")).toEqual(policy);
  });
});

test.each(SCRIPTS)("the script %s is one that a shell can read", (file) => {
  const { status, stderr } = spawnSync("sh", ["-n"], { input: scriptNamed(file), encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test.each(["init", "init.new"])("the proof fails while a root token is left in %s", (file) => {
  const folder = mkdtempSync(join(tmpdir(), "keys-"));
  try {
    writeFileSync(join(folder, file), "");
    const script = scriptNamed("verify.sh").replaceAll("/vault/file", folder);
    const { status } = spawnSync("/bin/sh", ["-ec", `(\n${script}\n) &\nwait $!`], { env: {} });

    expect(status).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each(["production", "staging"])("fails on %s, where keys must not lie beside the data", (name) => {
  const { make } = addBootstrap(environmentNamed(name));
  expect(make).toThrow(
    `${name}-layer-1/vault-bootstrap: 1 fault\n  - environment: ${name} is in the cloud, where Vault's keys must not lie beside its data; give VaultServer a KMS seal`,
  );
});
