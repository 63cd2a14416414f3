import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../config/schema";
import { environment } from "../environment";
import { ORGANIZATION, REPOSITORY } from "../identity";
import { synthesise } from "../program";
import { SECRETS_FOLDER } from "../stacks/client";
import { IDENTITY_LABEL } from "../stacks/outside-world";
import { CANARIES, deployDataServices, VARIABLES } from "../support/deployment";
import { ask, askHost } from "../support/http";
import { measured } from "../support/report";
import { engine, execIn, logsOf, namesOf } from "../support/swarm";
import { Terraform } from "../support/terraform";
import { Vault } from "../support/vault";
import { OUTPUT_FOLDER, stateFileOf } from "../support/work-folder";

const AUDIENCE = `http://vault.localhost:${environment.ports.http}`;
/** What this project makes up, of which the client has every part. */
const GENERATED = [
  "redis/password",
  "rabbitmq/core-password",
  "postgres/sprocket-password",
  "object-storage/core-secret-access-key",
  "influxdb/server-analytics-service-token",
  "core/jwt-key",
] as const;
const DENIED = "permission denied";

const vault = new Vault((options) => ask({ ...options, port: environment.ports.vault }));
const secrets = new Terraform("e2e-secrets", VARIABLES);
const layer2 = new Terraform("e2e-layer-2");
const client = new Terraform("e2e-foundation");

function resynthesise(changes: Partial<Environment> = {}): void {
  synthesise({ outdir: OUTPUT_FOLDER, changes });
}

async function signInByGitHub(team: string, organization = ORGANIZATION): Promise<Vault> {
  return vault.signInBy("auth/github/login", { token: `${team}@${organization}` });
}

async function signInByCi(claims: object): Promise<Vault> {
  const { body } = await askHost(IDENTITY_LABEL, { method: "POST", path: "/sign", json: claims });
  return vault.signInBy("auth/ci/login", { role: "deploy", jwt: JSON.parse(body).token });
}

function claims(changes: object = {}): object {
  const now = Math.floor(Date.now() / 1000);
  return {
    aud: AUDIENCE,
    sub: "job",
    iat: now,
    exp: now + 300,
    repository: REPOSITORY,
    environment: "e2e",
    ...changes,
  };
}

beforeAll(async () => {
  await deployDataServices();
  await client.init();
  await client.mustApply();
});

test("nothing is left to do: the second plan of the secrets is empty", async () => {
  expect((await secrets.plan()).exitCode).toBe(0);
});

describe("people who sign in to Vault by GitHub", () => {
  test("arrange it as administrators", async () => {
    const administrator = await signInByGitHub("administrators");
    await administrator.call("POST", "sys/mounts/probe", { type: "kv" });
    await administrator.call("DELETE", "sys/mounts/probe");
    await expect(administrator.call("PUT", "sys/seal")).rejects.toThrow(DENIED);
  });

  test("read and replace secrets as operators, and arrange nothing", async () => {
    const operator = await signInByGitHub("operators");
    await operator.call("GET", "secret/data/redis/password");
    await operator.call("POST", "secret/data/probe", { data: { value: "1" } });
    await expect(operator.call("POST", "sys/mounts/probe", { type: "kv" })).rejects.toThrow(DENIED);
    await expect(operator.call("GET", "sys/policies/acl/administrator")).rejects.toThrow(DENIED);
    await (await signInByGitHub("administrators")).call("DELETE", "secret/metadata/probe");
  });

  test("see as developers which secrets there are, and no value", async () => {
    const developer = await signInByGitHub("developers");
    const { data } = await developer.call<{ data: { custom_metadata: object } }>(
      "GET",
      "secret/metadata/redis/password",
    );
    expect(data.custom_metadata).toMatchObject({ purpose: "Opens Redis to the applications" });
    await expect(developer.call("GET", "secret/data/redis/password")).rejects.toThrow(DENIED);
  });

  test("have no right at all with another team, and do not get in with another organisation", async () => {
    const somebody = await signInByGitHub("players");
    await expect(somebody.call("GET", "secret/metadata/redis/password")).rejects.toThrow(DENIED);
    await expect(signInByGitHub("administrators", "elsewhere")).rejects.toThrow("not part of required org");
  });
});

describe("CI, which signs in to Vault by its platform's token", () => {
  test("may deploy, for longer than a deployment takes", async () => {
    const ci = await signInByCi(claims());
    const { data } = await ci.call<{ data: { policies: string[]; ttl: number } }>("GET", "auth/token/lookup-self");
    expect(data.policies).toContain("administrator");
    expect(data.ttl).toBeGreaterThan(50 * 60);
  });

  test.each([
    ["another repository", { repository: "somebody/fork" }],
    ["another environment", { environment: "staging" }],
    ["no environment", { environment: undefined }],
    ["another audience", { aud: "https://elsewhere" }],
    ["a time that is over", { iat: 1, exp: 2 }],
    ["another issuer", { iss: "http://elsewhere" }],
  ])("does not get in with %s", async (_what, changes) => {
    await expect(signInByCi(claims(changes))).rejects.toThrow(/400/);
  });
});

describe("a secret that people bring", () => {
  test("stops the plan where it is missing, and says where to get it", async () => {
    resynthesise({ platform: "lan" });
    const { exitCode, output } = await new Terraform("e2e-secrets").plan().finally(() => resynthesise());

    expect(exitCode).toBe(1);
    expect(unwrapped(output)).toContain(
      "TF_VAR_ballchasing_token is missing. Lets the replay parser ask ballchasing.com.",
    );
    expect(unwrapped(output)).toContain("Where to get it: ballchasing.com, Upload, API key.");
  });

  test("stops the plan where it is malformed, and does not show it", async () => {
    const { exitCode, output } = await new Terraform("e2e-secrets", {
      ...VARIABLES,
      TF_VAR_ballchasing_token: "too-short",
    }).plan();

    expect(exitCode).toBe(1);
    expect(unwrapped(output)).toContain("TF_VAR_ballchasing_token is malformed: write 40 letters and digits");
    expect(output).not.toContain("too-short");
  });

  test("is on where it was brought, and off where a stand-in is in its place", async () => {
    const { stdout } = await secrets.outputs();
    const off = JSON.parse(stdout).features_off.value;
    expect(off).toContain("sign-in with Google");
    expect(off).not.toContain("the Discord bot");
  });

  test("is in Vault and in the containers' files, and nowhere else", async () => {
    const [botToken, clientId] = Object.values(CANARIES);
    const deployer = await vault.signIn(
      await new Terraform("e2e-layer-1").output("vault_username"),
      await new Terraform("e2e-layer-1").output("vault_password"),
    );
    const { data } = await deployer.call<{ data: { data: object } }>("GET", "secret/data/discord/bot-token");
    expect(data.data).toEqual({ value: botToken });
    expect(await execIn("client", ["cat", `${SECRETS_FOLDER}/discord/bot-token`])).toBe(botToken);
    expect(await execIn("client", ["cat", `${SECRETS_FOLDER}/discord/client-id`])).toBe(clientId);

    const places = await everythingReadable();
    const generated = await Promise.all(
      GENERATED.map((path) => execIn("client", ["cat", `${SECRETS_FOLDER}/${path}`])),
    );
    expect(Object.keys(places).length).toBeGreaterThan(20);
    expect(
      Object.keys(places).filter((place) =>
        [...Object.values(CANARIES), ...generated].some((value) => has(places[place], value)),
      ),
    ).toEqual([]);
  });

  test("is in the state of who mounts it alone, in the Swarm secret and the data source that feeds it", () => {
    const found = ["layer-1", "secrets", "layer-2", "foundation"].flatMap((layer) =>
      resourcesOf(layer)
        .filter(({ text }) => has(text, CANARIES.TF_VAR_discord_bot_token))
        .map(({ address }) => `${layer} ${address}`),
    );
    expect(found.sort()).toEqual([
      "foundation data.vault_kv_secret_v2.stored_discord_bot_token",
      expect.stringMatching(/^foundation docker_secret\.secret_\d+$/),
    ]);
  });
});

test("a rotation makes one entry anew, and rolls what mounts it and nothing else", async () => {
  resynthesise({ rotations: { "redis/password": 2 } });
  const changes = await secrets.plannedChanges();
  expect(changes).toEqual({ "vault_kv_secret_v2.secret_redis_password": ["update"] });
  await secrets.mustApply();

  const inLayer2 = await layer2.plannedChanges();
  expect(inLayer2).toEqual({
    "docker_secret.data_metrics_plugins": ["create", "delete"],
    "docker_secret.redis_password": ["create", "delete"],
    "docker_service.data_metrics": ["update"],
    "docker_service.redis": ["update"],
  });
  const { seconds } = await layer2.mustApply();
  expect((await layer2.plan()).exitCode).toBe(0);
  expect((await namesOf("secrets")).filter((name) => name.includes("-redis-password-"))).toHaveLength(1);
  expect(Object.keys(await client.plannedChanges()).sort()).toEqual([
    expect.stringMatching(/^docker_secret\.secret_\d+$/),
    "docker_service.client",
  ]);
  await client.mustApply();
  measured("rotation of one password in Layer 2, apply", `${seconds.toFixed(1)} s`);
});

/** Terraform's message without the lines that it breaks it into. */
function unwrapped(output: string): string {
  return output.replaceAll(/\s+/g, " ");
}

function has(text: string | undefined, value: string): boolean {
  return text?.includes(value) === true || text?.includes(Buffer.from(value).toString("base64")) === true;
}

/** What anybody with a look at the machine would read: the JSON, what Docker knows of services and containers, logs. */
async function everythingReadable(): Promise<Record<string, string>> {
  const stacks = ["layer-1", "secrets", "layer-2", "foundation"].map((layer) => {
    const path = join(OUTPUT_FOLDER, "stacks", `e2e-${layer}`, "cdk.tf.json");
    return [path, readFileSync(path, "utf8")] as const;
  });
  const services = (await engine.listServices()).map(
    (service) => [`service ${service.Spec?.Name}`, JSON.stringify(service)] as const,
  );
  const configs = (await engine.listConfigs()).map(
    ({ Spec }) => [`config ${Spec?.Name}`, Buffer.from(Spec?.Data ?? "", "base64").toString("utf8")] as const,
  );
  const own = await engine.listContainers({ filters: { name: [`${environment.prefix}-`] } });
  const containers = await Promise.all(
    own.map(async ({ Id }) => {
      const container = engine.getContainer(Id);
      return [
        [`container ${Id}`, JSON.stringify(await container.inspect())],
        [`log of ${Id}`, await logsOf(Id)],
        [`processes of ${Id}`, JSON.stringify(await container.top())],
      ] as const;
    }),
  );
  return Object.fromEntries([...stacks, ...services, ...configs, ...containers.flat()]);
}

function resourcesOf(layer: string): readonly { address: string; text: string }[] {
  const state = JSON.parse(readFileSync(stateFileOf(`e2e-${layer}`), "utf8"));
  return state.resources.map((resource: { mode: string; type: string; name: string }) => ({
    address: `${resource.mode === "data" ? "data." : ""}${resource.type}.${resource.name}`,
    text: JSON.stringify(resource),
  }));
}
