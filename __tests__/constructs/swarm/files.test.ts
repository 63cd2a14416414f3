import { Fn, TerraformVariable } from "cdktf";
import { SwarmConfig } from "../../../constructs/swarm/swarm-config";
import { SwarmSecret } from "../../../constructs/swarm/swarm-secret";
import { failureOf, interpolated, resolved, swarmStack, synthesise } from "../../support/testing";

const variable = (stack: ReturnType<typeof swarmStack>) =>
  new TerraformVariable(stack, "dns_token", { type: "string", sensitive: true }).stringValue;

describe("a config", () => {
  test("has a name that ends in the hash of its text, and is replaced before it is removed", () => {
    const stack = swarmStack();

    new SwarmConfig(stack, "settings", { content: "colour: red\n" });

    const { locals, resource } = synthesise(stack);
    expect(locals).toEqual({ settings: "colour: red\n" });
    expect(resource).toEqual({
      docker_config: {
        settings: {
          name: `sprocket-local-settings-${interpolated("substr(sha256(local.settings), 0, 12)")}`,
          data: interpolated("base64encode(local.settings)"),
          lifecycle: { create_before_destroy: true },
        },
      },
    });
  });

  test("keeps what looks like Terraform's, and resolves what is", () => {
    const stack = swarmStack();
    const content = `home = \${HOME} %{x} "\\n"\ntoken = ${variable(stack)}`;

    new SwarmConfig(stack, "settings", { content });

    expect(synthesise(stack).locals?.settings).toBe(
      `home = $\${HOME} %%{x} "\\n"\ntoken = ${interpolated("var.dns_token")}`,
    );
  });

  test("can be mounted", () => {
    const stack = swarmStack();
    const config = new SwarmConfig(stack, "settings", { content: "" });

    expect(resolved(stack, config.at("/etc/settings.yml"))).toEqual({
      kind: "config",
      id: interpolated("docker_config.settings.id"),
      name: interpolated("docker_config.settings.name"),
      path: "/etc/settings.yml",
    });
  });
});

describe("a secret", () => {
  test("has a name that ends in the hash of its value, which may be read, and is replaced before it is removed", () => {
    const stack = swarmStack();

    new SwarmSecret(stack, "dns-token", { value: variable(stack) });

    expect(synthesise(stack).resource).toEqual({
      docker_secret: {
        dns_token: {
          name: `sprocket-local-dns-token-${interpolated("nonsensitive(substr(sha256(var.dns_token), 0, 12))")}`,
          data: interpolated("base64encode(var.dns_token)"),
          lifecycle: { create_before_destroy: true },
        },
      },
    });
  });

  test("can be mounted", () => {
    const stack = swarmStack();
    const secret = new SwarmSecret(stack, "dns-token", { value: variable(stack) });

    expect(resolved(stack, secret.at("/run/secrets/dns"))).toEqual({
      kind: "secret",
      id: interpolated("docker_secret.dns_token.id"),
      name: interpolated("docker_secret.dns_token.name"),
      path: "/run/secrets/dns",
    });
  });

  test.each(["correct horse battery staple", ""])(
    "fails for a value that is written out, without repeating it: %p",
    (value) => {
      const stack = swarmStack();

      expect(failureOf(() => new SwarmSecret(stack, "dns-token", { value }))).toBe(
        "local-platform/dns-token: 1 fault\n" +
          "  - value: it is written out and would be in the synthesised JSON; refer to a variable or a generated value",
      );
      expect(synthesise(stack).resource).toBeUndefined();
    },
  );
});

describe("a secret's version", () => {
  test("ends its name in place of the hash", () => {
    const stack = swarmStack();

    new SwarmSecret(stack, "dns-token", { value: variable(stack), version: "v7-0a1b2c" });

    expect(synthesise(stack).resource?.docker_secret?.dns_token).toMatchObject({
      name: "sprocket-local-dns-token-v7-0a1b2c",
      data: interpolated("base64encode(var.dns_token)"),
    });
  });

  test("may be a reference", () => {
    const stack = swarmStack();
    const version = new TerraformVariable(stack, "version", { type: "string" }).stringValue;

    new SwarmSecret(stack, "dns-token", { value: variable(stack), version: `v${version}` });

    expect(synthesise(stack).resource?.docker_secret?.dns_token.name).toBe(
      `sprocket-local-dns-token-v${interpolated("var.version")}`,
    );
  });
});

describe("a secret's value", () => {
  test.each([
    ["begins", (token: string) => `password-${token}`],
    ["ends", (token: string) => `${token}-password`],
    ["joins two tokens", (token: string) => `${token}:${token}`],
  ])("that %s with what is written out is refused", (_, value) => {
    const stack = swarmStack();

    expect(failureOf(() => new SwarmSecret(stack, "dns-token", { value: value(variable(stack)) }))).toBe(
      "local-platform/dns-token: 1 fault\n" +
        "  - value: it is written out and would be in the synthesised JSON; refer to a variable or a generated value",
    );
    expect(synthesise(stack).resource).toBeUndefined();
  });

  test("may be a document of references", () => {
    const stack = swarmStack();

    new SwarmSecret(stack, "dns", { value: Fn.jsonencode({ token: variable(stack) }) });

    expect(synthesise(stack).resource?.docker_secret?.dns.data).toMatch(
      /^\$\{base64encode\(jsonencode\(\{"token" = var\.dns_token\}\)\)\}$/,
    );
  });
});

test.each([
  ["config", (stack: ReturnType<typeof swarmStack>, id: string) => new SwarmConfig(stack, id, { content: "" })],
  [
    "secret",
    (stack: ReturnType<typeof swarmStack>, id: string) => new SwarmSecret(stack, id, { value: variable(stack) }),
  ],
])("a %s fails for a name that leaves no room for its hash", (_, make) => {
  const stack = swarmStack();
  const id = "a".repeat(37);

  expect(failureOf(() => make(stack, id))).toBe(
    `local-platform/${id}: its name in the Swarm would be sprocket-local-${id}, of 52 characters; ` +
      "Docker takes 51: shorten an id",
  );
});
