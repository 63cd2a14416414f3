import { TerraformOutput, Testing } from "cdktf";
import { LayerOutputs, list, map, number, text } from "../../../constructs/terraform/layer-outputs";
import { environmentNamed, synthesise, testStack } from "../../support/testing";

const outputs = new LayerOutputs("layer-1", {
  dockerHost: text("Where Docker is."),
  adminPassword: text("Its password.", { sensitive: true }),
  databasePort: number("A port."),
  privateAddresses: list("Addresses."),
  networkIds: map("Networks.", ["redis", "objectStorage"]),
  bucketKeys: map("Keys.", ["images"], { sensitive: true, optional: true }),
  authority: text("A certificate.", { optional: true }),
});

const required = {
  dockerHost: "unix:///var/run/docker.sock",
  adminPassword: "not a real one",
  databasePort: 5432,
  privateAddresses: ["10.0.0.1", "10.0.0.2"],
  networkIds: { redis: "a", objectStorage: "b" },
};

const layer1 = (environment = "local", app = Testing.app()) =>
  testStack({ layer: "layer-1", environment: environmentNamed(environment), app });

describe("publish", () => {
  test("hands on what is required, under names that do not depend on the construct tree", () => {
    const stack = layer1();

    outputs.publish(stack, required);

    expect(synthesise(stack).output).toEqual({
      docker_host: { value: "unix:///var/run/docker.sock", description: "Where Docker is.", sensitive: false },
      admin_password: { value: "not a real one", description: "Its password.", sensitive: true },
      database_port: { value: 5432, description: "A port.", sensitive: false },
      private_addresses: { value: ["10.0.0.1", "10.0.0.2"], description: "Addresses.", sensitive: false },
      network_ids: { value: { redis: "a", objectStorage: "b" }, description: "Networks.", sensitive: false },
    });
  });

  test("hands on what is optional where there is some", () => {
    const stack = layer1();

    outputs.publish(stack, { ...required, authority: "PEM", bucketKeys: { images: "key" } });

    expect(synthesise(stack).output).toMatchObject({
      authority: { value: "PEM", description: "A certificate.", sensitive: false },
      bucket_keys: { value: { images: "key" }, description: "Keys.", sensitive: true },
    });
  });

  test("fails to compile without a required value, or with one of another kind", () => {
    // @ts-expect-error: the other required values are missing.
    outputs.publish(layer1(), { dockerHost: "here" });
    // @ts-expect-error: a port is a number.
    outputs.publish(layer1(), { ...required, databasePort: "5432" });
    // @ts-expect-error: a network is missing.
    outputs.publish(layer1(), { ...required, networkIds: { redis: "a" } });
  });
});

describe("read", () => {
  const reader = (environment = "local") => testStack({ environment: environmentNamed(environment) });

  test("gives a reference for each value, of each kind", () => {
    const stack = reader();

    const tokens = outputs.read(stack);
    for (const [name, value] of Object.entries(tokens)) {
      new TerraformOutput(stack, name, { value, staticId: true });
    }

    const reference = (path: string) => ({ value: `\${data.terraform_remote_state.layer_1.outputs.${path}}` });
    // Terraform would print it otherwise: what another layer calls a secret is none to it.
    const secret = (path: string) => ({ value: `\${sensitive(data.terraform_remote_state.layer_1.outputs.${path})}` });
    expect(synthesise(stack).output).toEqual({
      dockerHost: reference("docker_host"),
      adminPassword: secret("admin_password"),
      databasePort: reference("database_port"),
      privateAddresses: reference("private_addresses"),
      networkIds: {
        value: {
          redis: reference("network_ids.redis").value,
          objectStorage: reference("network_ids.objectStorage").value,
        },
      },
      bucketKeys: { value: { images: secret("bucket_keys.images").value } },
      authority: reference("authority"),
    });
  });

  test("gives tokens of the declared types", () => {
    const tokens = outputs.read(reader());

    const kinds: readonly [string, number, readonly string[], string] = [
      tokens.dockerHost,
      tokens.databasePort,
      tokens.privateAddresses,
      tokens.networkIds.redis,
    ];
    expect(kinds.map((value) => (Array.isArray(value) ? "list" : typeof value))).toEqual([
      "string",
      "number",
      "list",
      "string",
    ]);
    // @ts-expect-error: nobody declared it.
    expect(tokens.networkIds.egress).toBeUndefined();
  });

  test("reads the state once, however often it is asked", () => {
    const stack = reader("production");

    outputs.read(stack);
    outputs.read(stack);

    expect(Object.keys(synthesise(stack).data?.terraform_remote_state ?? {})).toEqual(["layer_1"]);
  });

  test("deploys the reader after the layer, where both are synthesised", () => {
    const app = Testing.app();
    const producer = layer1("local", app);
    const consumer = testStack({ app });

    outputs.read(consumer);

    expect(consumer.dependencies).toEqual([producer]);
  });

  test("depends on nothing where the layer is not synthesised", () => {
    const consumer = reader();

    outputs.read(consumer);

    expect(consumer.dependencies).toEqual([]);
  });
});
