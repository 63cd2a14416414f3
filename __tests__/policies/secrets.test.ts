import * as layerOutputs from "../../stacks/outputs";
import { type SynthesisedStack, synthesiseEverything } from "../support/synthesis";
import { interpolated, type TerraformJson } from "../support/testing";
import { exposedSecrets, outputsDeclaredIn, plantedIn } from "./secret-policies";

const declared = outputsDeclaredIn(layerOutputs);

describe("with everything synthesised", () => {
  let stacks: readonly SynthesisedStack[];
  beforeAll(() => {
    ({ stacks } = synthesiseEverything());
  });

  test("no stack has a secret where it could be read", () => {
    const offences = stacks.flatMap(({ name, json }) =>
      exposedSecrets(json, declared).map((each) => `${name}: ${each}`),
    );
    expect(offences).toEqual([]);
  });

  test("no stack writes out the content of a Swarm secret", () => {
    const offences = stacks.flatMap(({ name, json }) =>
      Object.entries<any>(json.resource?.docker_secret ?? {})
        .filter(([, { data }]) => !/^\$\{base64encode\(.*\b(var|random_password|tls_\w+|data)\..*\)\}$/.test(data))
        .map(([id]) => `${name} docker_secret.${id}`),
    );
    expect(offences).toEqual([]);
  });

  describe("and secrets in the environment", () => {
    const before = { ...process.env };
    afterEach(() => {
      process.env = before;
    });

    test("no file has any of them", () => {
      const variables = stacks.flatMap(({ json }) => Object.keys(json.variable ?? {}).map((name) => `TF_VAR_${name}`));
      const others = ["AWS_SECRET_ACCESS_KEY", "AWS_SSE_CUSTOMER_KEY", "DIGITALOCEAN_TOKEN", "VAULT_TOKEN"];
      const planted = Object.fromEntries([...variables, ...others].map((name) => [name, `planted-as-${name}`]));
      expect(variables).not.toHaveLength(0);
      process.env = { ...before, ...planted };
      const { files } = synthesiseAnew();
      const offences = Object.entries(files).flatMap(([path, text]) =>
        plantedIn(text, planted).map((name) => `${path}: ${name}`),
      );
      expect(offences).toEqual([]);
    });
  });
});

const VAULT_PASSWORD = "data.terraform_remote_state.layer_1.outputs.vault_password";
const hashOf = (reference: string) => `nonsensitive(parseint(substr(sha256(${reference}), 0, 12), 16))`;

/** What is harmless, with everything in it that the policy must tell from a leak. */
const harmless: TerraformJson = {
  terraform: {},
  provider: { vault: [{ auth_login_userpass: [{ username: "deployer", password: interpolated(VAULT_PASSWORD) }] }] },
  variable: {
    token: { sensitive: true, validation: [{ condition: interpolated("length(trimspace(var.token)) > 0") }] },
    region: { sensitive: false },
  },
  data: {
    terraform_remote_state: { offsite: { backend: "local" } },
    vault_kv_secret_v2: { redis: { mount: "secret", name: "redis/password" } },
  },
  ephemeral: { random_password: { passwords: { length: 40 } } },
  resource: {
    docker_secret: {
      seal: {
        data: interpolated(
          "base64encode(jsonencode([var.token, data.terraform_remote_state.offsite.outputs.seal_secret_access_key]))",
        ),
        name: `seal-${interpolated("nonsensitive(sha256(random_password.own.result))")}`,
      },
      redis: {
        data: interpolated('base64encode(data.vault_kv_secret_v2.redis.data["value"])'),
        name: `redis-v${interpolated("data.vault_kv_secret_v2.redis.version")}-${interpolated("substr(sha256(data.vault_kv_secret_v2.redis.created_time), 0, 6)")}`,
      },
      line: {
        data: interpolated('base64encode(format("a ) b %s\\n", data.vault_kv_secret_v2.redis.data["value"]))'),
        name: `line-${interpolated('nonsensitive(substr(sha256(format("a ) b %s\\n", data.vault_kv_secret_v2.redis.data["value"])), 0, 12))')}`,
      },
    },
    docker_service: {
      web: {
        depends_on: ["random_password.own"],
        task_spec: {
          container_spec: {
            env: {
              REGION: interpolated("var.region"),
              KEY_ID: interpolated("data.terraform_remote_state.offsite.outputs.seal_key_id"),
              PUBLIC_KEY: interpolated("tls_private_key.own.public_key_pem"),
              NOTE: "var.token is a text here",
            },
            secrets: [{ secret_id: interpolated("docker_secret.seal.id") }],
          },
        },
      },
    },
    random_password: { own: { length: 32, keepers: { token: interpolated("var.token") } } },
    tls_cert_request: { own: { private_key_pem: interpolated("tls_private_key.own.private_key_pem") } },
    vault_kv_secret_v2: {
      brought: {
        data_json_wo: interpolated(
          'jsonencode({"value" = nonsensitive((length(var.token) < 1)) ? substr(ephemeral.random_password.passwords.result, 0, 40) : var.token})',
        ),
        data_json_wo_version: interpolated(`nonsensitive((length(var.token) < 1)) ? 1 : ${hashOf("var.token")}`),
      },
      handed: {
        data_json_wo: interpolated("data.terraform_remote_state.foundation.outputs.database_admin_password"),
        data_json_wo_version: interpolated(
          hashOf("data.terraform_remote_state.foundation.outputs.database_admin_password"),
        ),
      },
      role: {
        data_json_wo: interpolated("vault_approle_auth_backend_role_secret_id.own.secret_id"),
        data_json_wo_version: interpolated(hashOf("vault_approle_auth_backend_role_secret_id.own.secret_id")),
      },
    },
  },
  output: {
    password: { sensitive: true, value: interpolated("random_password.own.result") },
    mount_path: { sensitive: false, value: interpolated("vault_kv_secret_v2.brought.mount") },
    operator_secrets: {
      precondition: [{ condition: interpolated('var.token == "" || can(regex("^[(a]\\"b$", var.token))') }],
    },
    features_off: {
      sensitive: false,
      value: interpolated('distinct(compact([nonsensitive((length(var.token) < 1)) ? "the bot" : ""]))'),
    },
  },
};

/** The same, with something else in a place. */
function doctored(place: string, value: unknown): TerraformJson {
  const json: any = structuredClone(harmless);
  const keys = place.split(".");
  const parent = keys.slice(0, -1).reduce((block, key) => {
    block[key] ??= {};
    return block[key];
  }, json);
  parent[keys.at(-1) ?? ""] = value;
  return json;
}

test("the policy leaves alone what is harmless", () => {
  expect(exposedSecrets(harmless, declared)).toEqual([]);
});

test.each([
  "var.token",
  "random_password.own.result",
  "random_password.own",
  "tls_private_key.own.private_key_pem",
  "tls_private_key.own.private_key_openssh",
  "docker_secret.seal.data",
  "ephemeral.random_password.passwords.result",
  "ephemeral.random_password.passwords",
  "vault_kv_secret_v2.brought.data_json",
  "vault_approle_auth_backend_role_secret_id.own.secret_id",
  "data.vault_kv_secret_v2.redis.data.value",
  "data.vault_kv_secret_v2.redis.data_json",
  "data.vault_kv_secret_v2.redis",
  "data.terraform_remote_state.offsite.outputs.seal_secret_access_key",
  "data.terraform_remote_state.foundation.outputs.database_owner_passwords.sprocket",
  VAULT_PASSWORD,
  "data.terraform_remote_state.offsite.outputs.nobody_declared_it",
  "data.terraform_remote_state.offsite.outputs",
])("the policy finds %s", (secret) => {
  const json = {
    ...harmless,
    locals: { alone: interpolated(secret), within: `a ${interpolated(`upper(${secret})`)} b` },
  };
  expect(exposedSecrets(json, declared)).toEqual([`locals.alone: ${secret}`, `locals.within: ${secret}`]);
});

describe.each([
  "var.token",
  "ephemeral.random_password.passwords.result",
  "data.vault_kv_secret_v2.redis.data.value",
  "data.terraform_remote_state.foundation.outputs.database_admin_password",
])("the policy finds %s, wherever it is:", (secret) => {
  const leak = interpolated(secret);

  test.each([
    ["resource.docker_service.web.task_spec.container_spec.env", { TOKEN: leak }, "TOKEN"],
    ["resource.docker_service.web.task_spec.container_spec.args", ["serve", `--token=${leak}`], "1"],
    ["resource.docker_service.web.task_spec.container_spec.command", [leak], "0"],
    ["resource.docker_service.web.labels", [{ label: "x", value: leak }], "0.value"],
    ["resource.docker_service.web.name", leak, ""],
    ["resource.docker_config.file.data", leak, ""],
    ["resource.docker_secret.seal.labels", [leak], "0"],
    ["resource.vault_kv_secret_v2.brought.custom_metadata", { data: { purpose: leak } }, "data.purpose"],
    ["resource.vault_kv_secret_v2.brought.data_json", leak, ""],
    ["resource.vault_kv_secret_v2.brought.name", leak, ""],
    ["resource.vault_generic_secret.own.data_json_wo", leak, ""],
    ["resource.vault_policy.own.policy", leak, ""],
    ["output.open", { sensitive: false, value: leak }, "value"],
    ["output.password.description", leak, ""],
    ["output.operator_secrets.value", [leak], "0"],
    ["variable.region.default", leak, ""],
    ["variable.region.validation", [{ condition: leak }], "0.condition"],
    ["provider.docker", [{ host: leak }], "0.host"],
    ["provider.docker", [{ auth_login_userpass: [{ password: leak }] }], "0.auth_login_userpass.0.password"],
    ["provider.vault", [{ address: leak }], "0.address"],
    ["provider.vault", [{ token: leak }], "0.token"],
    ["provider.vault", [{ auth_login_userpass: [{ username: leak }] }], "0.auth_login_userpass.0.username"],
    ["provider.vault", [{ auth_login_userpass: [{ password: leak }] }], "0.auth_login_userpass.0.password"],
    ["terraform.backend", { s3: { key: leak } }, "s3.key"],
    ["data.docker_network.bridge", { name: leak }, "name"],
    ["ephemeral.random_password.passwords.special", leak, ""],
  ])("in %s", (place, value, below) => {
    const where = [place, below].filter(Boolean).join(".");
    expect(exposedSecrets(doctored(place, value), declared)).toEqual([`${where}: ${secret}`]);
  });
});

test.each<[string, string, string]>([
  ["what Vault keeps", "output.password.value", "data.vault_kv_secret_v2.redis.data.value"],
  ["what Vault keeps", "resource.vault_kv_secret_v2.brought.data_json_wo", "data.vault_kv_secret_v2.redis.data.value"],
  ["what is not in any state", "output.password.value", "ephemeral.random_password.passwords.result"],
  ["what is not in any state", "resource.docker_secret.seal.data", "ephemeral.random_password.passwords.result"],
  ["what is not in any state", "resource.random_password.own.length", "ephemeral.random_password.passwords.result"],
  ["what is in a state", "resource.vault_kv_secret_v2.brought.data_json_wo", "random_password.own.result"],
  ["another layer's password", "resource.vault_kv_secret_v2.brought.data_json_wo", VAULT_PASSWORD],
  ["the cluster's password", "output.other.value", "digitalocean_database_cluster.postgres.password"],
  ["the cluster's password in a URL", "locals.file", "digitalocean_database_cluster.postgres.private_uri"],
  ["a key of Spaces", "output.other.value", "digitalocean_spaces_key.core.secret_key"],
  ["the seal's key", "resource.docker_service.web.name", "aws_iam_access_key.seal.secret"],
  ["Vault's password", "resource.docker_service.web.task_spec.container_spec.env.PASSWORD", VAULT_PASSWORD],
])("the policy finds %s in %s", (_, place, secret) => {
  expect(exposedSecrets(doctored(place, interpolated(secret)), declared)).toEqual([`${place}: ${secret}`]);
});

describe("the policy finds a variable that is not", () => {
  test.each([
    ["hashed", "resource.docker_secret.seal.name", "var.token"],
    ["hashed", "resource.docker_secret.seal.name", "nonsensitive(var.token)"],
    ["hashed", "resource.docker_secret.seal.name", 'nonsensitive(format("%s%s", sha256("a"), var.token))'],
    ["declared harmless", "resource.docker_secret.seal.name", "sha256(var.token)"],
    ["hashed", "resource.vault_kv_secret_v2.brought.data_json_wo_version", "nonsensitive(parseint(var.token, 16))"],
    ["hashed", "resource.vault_kv_secret_v2.brought.data_json_wo_version", "nonsensitive(length(var.token))"],
    [
      "declared harmless",
      "resource.vault_kv_secret_v2.brought.data_json_wo_version",
      "parseint(sha256(var.token), 16)",
    ],
    ["where its hash may be", "resource.docker_service.web.name", hashOf("var.token")],
    ["only looked for", "output.features_off.value", "[var.token]"],
    ["only looked for", "output.features_off.value", "nonsensitive((length(var.token) < 10))"],
    [
      "only looked for",
      "output.features_off.value",
      'nonsensitive((length(var.token) < 1)) ? "" : nonsensitive(var.token)',
    ],
    ["only looked for", "output.features_off.value", "nonsensitive((tonumber(var.token) < 1))"],
    ["only looked for", "output.other.value", "nonsensitive((length(var.token) < 1))"],
    ["only looked for", "variable.token.validation.0.condition", 'can(regex("^a$", var.token))'],
    [
      "only looked for",
      "variable.token.validation.0.condition",
      'length(trimspace(var.token)) > 0 && var.token != "a"',
    ],
    ["only looked for", "variable.token.validation.0.condition", "length(trimspace(var.token)) > 8"],
    ["only looked for", "variable.token.validation.0.condition", "tonumber(trimspace(var.token)) > 0"],
    ["only looked for", "variable.token.validation.0.error_message", "length(trimspace(var.token)) > 0"],
    ["its own", "variable.region.validation.0.condition", "length(trimspace(var.token)) > 0"],
    ["compared or matched", "output.operator_secrets.precondition.0.condition", "length(var.token) > 9"],
    ["compared or matched", "output.operator_secrets.precondition.0.condition", 'startswith(var.token, "a")'],
    ["compared or matched", "output.operator_secrets.precondition.0.condition", 'can(regex(var.token, "a"))'],
    ["compared or matched", "output.operator_secrets.precondition.0.condition", 'var.token == "a" || true'],
    ["compared or matched", "output.operator_secrets.precondition.0.condition", 'upper(var.token == "" || true)'],
    ["compared or matched", "output.operator_secrets.precondition.0.condition", 'can(regex("^a", var.token)[0])'],
    ["compared or matched", "output.operator_secrets.precondition.0.error_message", 'var.token == "" || true'],
    ["compared or matched", "output.other.precondition.0.condition", 'var.token == "" || true'],
  ])("%s, in %s: %s", (_, place, expression) => {
    const offences = exposedSecrets(doctored(place, interpolated(expression)), declared);
    expect([...new Set(offences)]).toEqual([`${place}: var.token`]);
  });
});

test.each<[string, (secret: string) => string]>([
  ["resource.docker_secret.seal.name", hashOf],
  ["resource.docker_service.web.name", hashOf],
  ["resource.vault_kv_secret_v2.brought.data_json_wo_version", hashOf],
  ["resource.vault_kv_secret_v2.brought.data_json_wo_version", (secret) => `nonsensitive((length(${secret}) < 1))`],
  ["output.features_off.value", (secret) => `nonsensitive((length(${secret}) < 1))`],
  ["output.operator_secrets.precondition.0.condition", (secret) => `${secret} == "" || true`],
])("the policy finds what is in no state, in %s in any form", (place, formOf) => {
  const secret = "ephemeral.random_password.passwords.result";
  expect(exposedSecrets(doctored(place, interpolated(formOf(secret))), declared)).toEqual([`${place}: ${secret}`]);
});

test("the policy finds a secret that is indexed", () => {
  const json = doctored("locals.file", interpolated('random_password.own["result"]'));
  expect(exposedSecrets(json, declared)).toEqual(["locals.file: random_password.own.result"]);
});

test("what is planted is found, as it is and in base64", () => {
  const planted = { TF_VAR_a: "canary-a", TF_VAR_b: "canary-b", TF_VAR_c: "canary-c" };
  const text = JSON.stringify({ a: "x canary-a y", b: Buffer.from("canary-b").toString("base64") });
  expect(plantedIn(text, planted)).toEqual(["TF_VAR_a", "TF_VAR_b"]);
});

/** Synthesises with every module loaded again, so that none remembers an earlier environment. */
function synthesiseAnew(): ReturnType<typeof synthesiseEverything> {
  let synthesis: ReturnType<typeof synthesiseEverything> | undefined;
  jest.isolateModules(() => {
    synthesis = require("../support/synthesis").synthesiseEverything();
  });
  return synthesis ?? { stacks: [], files: {}, folder: "" };
}
