import { initialise } from "../../ops/vault-init/initialise";
import { VaultApi } from "../../ops/vault-init/vault-api";
import { PUBLIC_VAULT_LABEL, SEALED_VAULT_LABEL } from "../stacks/kms-sealed-vault";
import { describeWith } from "../support/describe-with";
import { eventually } from "../support/eventually";
import { askHost } from "../support/http";
import { measured } from "../support/report";
import { killContainersOf } from "../support/swarm";
import { Terraform } from "../support/terraform";
import { Vault } from "../support/vault";

const outsideWorld = new Terraform("e2e-offsite");
const vault = new Vault((options) => askHost(SEALED_VAULT_LABEL, options));

describeWith("kms")("the cloud's Vault", () => {
  beforeAll(async () => {
    await outsideWorld.init();
    await outsideWorld.mustApply();
    await eventually("Vault answers", 30, async () => !(await vault.health()).initialized);
  });

  test("is not to be initialised or unsealed by its public host", async () => {
    const paths = [
      "/v1/sys/init",
      "/v1/sys%2Finit",
      "/v1/%73ys/init",
      "//v1/sys//init",
      "/v1/x/../sys/init",
      "/v1/sys/unseal",
    ];
    const answers = await Promise.all(
      paths.map((path) => askHost(PUBLIC_VAULT_LABEL, { method: "PUT", path, json: { recovery_shares: 1 } })),
    );

    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 404));
    expect((await askHost(PUBLIC_VAULT_LABEL, { path: "/v1/sys/seal-status" })).status).toBe(200);
    expect((await vault.health()).initialized).toBe(false);
  });

  test("is initialised by the operators' command, whose token does what the stack `secrets` does", async () => {
    const handedOut: string[] = [];
    const { token } = await initialise(
      new VaultApi((request) => askHost(SEALED_VAULT_LABEL, request)),
      { shares: 3, threshold: 2 },
      (recoveryKeys) => handedOut.push(...recoveryKeys),
      new AbortController().signal,
    );
    const deployer = vault.withToken(token);

    expect(handedOut).toHaveLength(3);
    expect((await deployer.call<{ data: object }>("GET", "auth/token/lookup-self")).data).toMatchObject({
      policies: ["administrator", "default"],
      orphan: true,
      renewable: false,
      explicit_max_ttl: 2 * 60 * 60,
    });
    await deployer.call("PUT", "sys/audit/log", { type: "file", options: { file_path: "stdout" } });
    await deployer.call("PUT", "sys/policies/acl/developer", { policy: "{}" });
    await deployer.call("POST", "sys/auth/github", { type: "github" });
    await deployer.call("POST", "sys/mounts/secret", { type: "kv", options: { version: "2" } });
    await expect(deployer.call("PUT", "sys/seal")).rejects.toThrow("permission denied");
  });

  test("unseals itself by KMS after its container was killed", async () => {
    await killContainersOf("sealed-vault");
    const seconds = await eventually("Vault is unsealed again", 90, async () => {
      const { initialized, sealed } = await vault.health();
      return initialized && !sealed;
    });

    measured("Vault with a KMS seal killed, until it was unsealed again", `${seconds.toFixed(1)} s`);
    expect((await outsideWorld.plan()).exitCode).toBe(0);
  });
});
