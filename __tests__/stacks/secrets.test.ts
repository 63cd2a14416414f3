import { Testing } from "cdktf";
import { selectEnvironments } from "../../config/environments";
import { imagesOf } from "../../config/images/catalogue";
import { SECRETS } from "../../config/secrets/catalogue";
import type { Secret } from "../../config/secrets/secret";
import { Layer1 } from "../../stacks/layer-1";
import { Secrets } from "../../stacks/secrets";
import {
  environmentLike,
  environmentNamed,
  interpolated,
  layerProps,
  synthesise,
  type TerraformJson,
} from "../support/testing";

const everywhere = selectEnvironments(undefined).map(({ name }) => name);
const secrets = Object.entries<Secret>(SECRETS);

const stackOf = (environment = environmentNamed("local"), app = Testing.app()) =>
  new Secrets(app, { environment, images: imagesOf(environment) });

const layers = Object.fromEntries(everywhere.map((name) => [name, synthesise(stackOf(environmentNamed(name)))]));

const layerOf = (name: string) => layers[name] as TerraformJson;

const entriesOf = ({ resource }: TerraformJson) => Object.values(resource?.vault_kv_secret_v2 ?? {});

/** What an entry's document has written out, beside its one key. */
function textsIn({ data_json_wo }: { readonly data_json_wo: string }): readonly string[] {
  const value = data_json_wo.replace(/^\$\{jsonencode\(\{"value" = (.*)\}\)\}$/, "$1").replaceAll(/\["[^"]*"\]/g, "");
  return [...value.matchAll(/"([^"]*)"/g)].map(([, text = ""]) => text);
}

describe.each(everywhere)("on %s", (name) => {
  const json = layerOf(name);
  const environment = environmentNamed(name);
  const inCloud = environment.platform === "cloud";

  test("there is an entry for each secret that Vault is given, and none for others", () => {
    const given = secrets.filter(
      ([, secret]) =>
        secret.origin === "foundation" ||
        secret.origin === "vault" ||
        (secret.origin === "generated" && !(secret.onlyOutsideCloud && inCloud)) ||
        (secret.origin === "operator" &&
          secret.destination === "vault" &&
          (secret.feature !== undefined || secret.neededBy(environment))),
    );

    const names = entriesOf(json).map((entry) => entry.name);

    expect(names.sort()).toEqual(given.map(([path]) => path).sort());
  });

  test("no value is written out, but for names", () => {
    const names = secrets.flatMap(([path, secret]) =>
      secret.origin === "foundation" && "name" in secret.elsewhere && !inCloud ? [[path, secret.elsewhere.name]] : [],
    );
    const written = entriesOf(json).flatMap((entry) => textsIn(entry).map((text) => [entry.name, text]));

    expect(written.sort()).toEqual(names.sort());
    expect(Object.values(json.variable ?? {}).filter((variable) => variable.default !== "")).toEqual([]);
  });

  test("Vault records everything, and has the roles' policies", () => {
    const { vault_audit, vault_policy } = json.resource ?? {};

    expect(vault_audit).toHaveProperty("audit");
    expect(vault_policy).toMatchObject({ administrator: {}, operator: {}, developer: {} });
  });

  test("the layers above learn where the secrets are, and what is off", () => {
    expect(json.output).toMatchObject({
      mount_path: { sensitive: false, value: interpolated("vault_mount.secret.path") },
      features_off: { sensitive: false, value: expect.stringMatching(/^\$\{distinct\(/) },
    });
  });
});

describe("people and CI sign in", () => {
  const signInsOf = ({ resource }: TerraformJson) =>
    ["vault_github_auth_backend", "vault_jwt_auth_backend"].filter((type) => resource?.[type] !== undefined);

  test.each([
    ["production", ["vault_github_auth_backend", "vault_jwt_auth_backend"]],
    ["staging", ["vault_github_auth_backend", "vault_jwt_auth_backend"]],
    ["lan", []],
    ["local", []],
  ])("on %s by %j", (name, signIns) => {
    expect(signInsOf(layerOf(name))).toEqual(signIns);
  });

  test("each only where it is set", () => {
    const { github, ci } = environmentNamed("production").vaultSignIn;
    const signInsWith = (vaultSignIn: object) =>
      signInsOf(synthesise(stackOf(environmentLike("lan", { vaultSignIn }))));

    expect([signInsWith({ github }), signInsWith({ ci })]).toEqual([
      ["vault_github_auth_backend"],
      ["vault_jwt_auth_backend"],
    ]);
  });

  test.each([
    ["production", "sprocket.example.org"],
    ["staging", "sprocket-staging.example.org"],
  ])("on %s with tokens that are meant for Vault at %s and its deployments", (name, domain) => {
    expect(layerOf(name).resource?.vault_jwt_auth_backend_role?.ci_deploy).toMatchObject({
      bound_audiences: [`https://vault.${domain}`],
      bound_claims: { repository: "SprocketBot/sprocket-infrastructure", environment: name },
    });
  });
});

test("the layer is deployed after Layer 1", () => {
  const app = Testing.app();
  const lower = new Layer1(app, layerProps("local"));

  expect(stackOf(environmentNamed("local"), app).dependencies).toEqual([lower]);
});
