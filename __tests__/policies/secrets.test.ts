import * as layerOutputs from "../../stacks/outputs";

import { type SynthesisedStack, synthesiseEverything } from "../support/synthesis";
import { interpolated, type TerraformJson } from "../support/testing";
import { exposedSecrets, outputsDeclaredIn, plantedIn } from "./secret-policies";

const declared = outputsDeclaredIn(layerOutputs);

let stacks: readonly SynthesisedStack[];
beforeAll(() => {
  ({ stacks } = synthesiseEverything());
});

test("no stack has a secret where it could be read", () => {
  const offences = stacks.flatMap(({ name, json }) => exposedSecrets(json, declared).map((each) => `${name}: ${each}`));
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

/** What is harmless, with everything in it that the policy must tell from a leak. */
const harmless: TerraformJson = {
  terraform: {},
  provider: {},
  variable: {
    token: { sensitive: true, validation: [{ condition: interpolated("length(var.token) > 0") }] },
    region: { sensitive: false },
  },
  data: { terraform_remote_state: { offsite: { backend: "local" } } },
  resource: {
    docker_secret: {
      seal: {
        data: interpolated(
          "base64encode(jsonencode([var.token, data.terraform_remote_state.offsite.outputs.seal_secret_access_key]))",
        ),
        name: `seal-${interpolated("nonsensitive(sha256(random_password.own.result))")}`,
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
          },
        },
      },
    },
    random_password: { own: { length: 32, keepers: { token: interpolated("var.token") } } },
    tls_cert_request: { own: { private_key_pem: interpolated("tls_private_key.own.private_key_pem") } },
  },
  output: { password: { sensitive: true, value: interpolated("random_password.own.result") } },
};

test("the policy leaves alone what is harmless", () => {
  expect(exposedSecrets(harmless, declared)).toEqual([]);
});

test.each([
  "var.token",
  "random_password.own.result",
  "random_password.own",
  "tls_private_key.own.private_key_pem",
  "tls_private_key.own.private_key_openssh",
  "data.terraform_remote_state.offsite.outputs.seal_secret_access_key",
  "data.terraform_remote_state.foundation.outputs.database_owner_passwords.sprocket",
  "data.terraform_remote_state.layer_1.outputs.vault_password",
  "data.terraform_remote_state.offsite.outputs.nobody_declared_it",
  "data.terraform_remote_state.offsite.outputs",
])("the policy finds %s", (secret) => {
  const json = {
    ...harmless,
    locals: { alone: interpolated(secret), within: `a ${interpolated(`upper(${secret})`)} b` },
  };
  expect(exposedSecrets(json, declared)).toEqual([`locals.alone: ${secret}`, `locals.within: ${secret}`]);
});

const LEAK = interpolated("var.token");

test.each([
  ["resource.docker_service.web.task_spec.container_spec.env", { TOKEN: LEAK }, "TOKEN"],
  ["resource.docker_service.web.task_spec.container_spec.args", ["serve", `--token=${LEAK}`], "1"],
  ["resource.docker_service.web.task_spec.container_spec.command", [LEAK], "0"],
  ["resource.docker_service.web.labels", [{ label: "x", value: LEAK }], "0.value"],
  ["resource.docker_service.web.name", LEAK, ""],
  ["resource.docker_config.file.data", LEAK, ""],
  ["resource.docker_secret.seal.labels", [LEAK], "0"],
  ["output.open", { sensitive: false, value: LEAK }, "value"],
  ["output.password.description", LEAK, ""],
  ["variable.region.default", LEAK, ""],
  ["variable.region.validation", [{ condition: LEAK }], "0.condition"],
  ["provider.docker", [{ host: LEAK }], "0.host"],
  ["terraform.backend", { s3: { key: LEAK } }, "s3.key"],
  ["data.docker_network.bridge", { name: LEAK }, "name"],
])("the policy finds a secret in %s", (place, value, below) => {
  const json: any = structuredClone(harmless);
  const keys = place.split(".");
  const parent = keys.slice(0, -1).reduce((block, key) => {
    block[key] ??= {};
    return block[key];
  }, json);
  parent[keys.at(-1) ?? ""] = value;
  expect(exposedSecrets(json, declared)).toEqual([`${[place, below].filter(Boolean).join(".")}: var.token`]);
});

test("the policy finds a secret that is indexed", () => {
  const json: any = structuredClone(harmless);
  json.locals = { file: interpolated('random_password.own["result"]') };
  expect(exposedSecrets(json, declared)).toEqual(["locals.file: random_password.own.result"]);
});

describe("with secrets in the environment", () => {
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
