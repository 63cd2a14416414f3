import { environment } from "../environment";
import { eventually } from "../support/eventually";
import { ask } from "../support/http";
import { measured } from "../support/report";
import { execIn, killContainersOf } from "../support/swarm";
import { Terraform } from "../support/terraform";
import { Vault } from "../support/vault";

const layer1 = new Terraform("e2e-layer-1");
const vault = new Vault((options) => ask({ ...options, port: environment.ports.vault }));

async function signInAsDeployer(): Promise<Vault> {
  return vault.signIn(await layer1.output("vault_username"), await layer1.output("vault_password"));
}

describe("Vault", () => {
  test("is initialised and unsealed", async () => {
    expect(await vault.health()).toMatchObject({ initialized: true, sealed: false });
  });

  test("lets the deployer do what the layer secrets will do, and no more", async () => {
    const deployer = await signInAsDeployer();

    await deployer.call("POST", "sys/mounts/probe", { type: "kv" });
    await deployer.call("DELETE", "sys/mounts/probe");

    await expect(deployer.call("PUT", "sys/seal")).rejects.toThrow("permission denied");
  });

  test("has no root token left", async () => {
    const deployer = await signInAsDeployer();
    const policy = `
      path "auth/token/accessors" { capabilities = ["list", "sudo"] }
      path "auth/token/lookup-accessor" { capabilities = ["update"] }`;
    await deployer.call("PUT", "sys/policies/acl/auditor", { policy });
    await deployer.call("POST", "auth/userpass/users/auditor", { password: "audit", token_policies: ["auditor"] });
    const auditor = await vault.signIn("auditor", "audit");

    const { data } = await auditor.call<{ data: { keys: string[] } }>("LIST", "auth/token/accessors");
    const policies = await Promise.all(
      data.keys.map(async (accessor) => {
        const token = await auditor.call<{ data: { policies: string[] } }>("POST", "auth/token/lookup-accessor", {
          accessor,
        });
        return token.data.policies;
      }),
    );
    await deployer.call("DELETE", "auth/userpass/users/auditor");
    await deployer.call("DELETE", "sys/policies/acl/auditor");

    expect(policies.length).toBeGreaterThan(0);
    expect(policies.flat()).not.toContain("root");
    expect((await execIn("vault-bootstrap", ["ls", "/vault/file"])).trim().split(/\s+/).sort()).toEqual([
      "maintainer-made",
      "maintainer-password",
      "unseal-key",
    ]);
  });

  test("is unsealed again and accepts the same sign-in after its container was killed", async () => {
    await killContainersOf("vault");
    const seconds = await eventually("Vault is unsealed and the deployer can sign in", 90, async () => {
      await signInAsDeployer();
      return true;
    });

    expect(await vault.health()).toMatchObject({ initialized: true, sealed: false });
    measured("Vault killed, until the deployer could sign in again", `${seconds.toFixed(1)} s`);
  });

  test("gets by when the task that unseals it starts anew", async () => {
    await killContainersOf("vault-bootstrap");
    await eventually("the task is back and has proved its result", 90, async () => {
      const proof = await execIn("vault-bootstrap", ["ls", "/tmp/verified"]);
      return proof.trim() === "/tmp/verified";
    });

    await signInAsDeployer();
    expect((await layer1.plan()).exitCode).toBe(0);
  });
});
