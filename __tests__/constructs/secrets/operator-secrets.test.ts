import { Construct } from "constructs";
import type { OperatorSecretPath } from "../../../config/secrets/operator-secrets";
import { OperatorSecrets } from "../../../constructs/secrets/operator-secrets";
import { environmentNamed, interpolated, resolved, synthesise, testStack } from "../../support/testing";

const HOW_TO_BRING =
  "Lets Traefik prove to Let's Encrypt that sprocket.example.org is ours. " +
  "Where to get it: DigitalOcean, API, Tokens; a custom-scoped one for domains: read, create, update and delete. " +
  "Where to keep it: Doppler's config applications, as DIGITALOCEAN_DNS_TOKEN.";

function taken(environment: string, ...paths: OperatorSecretPath[]) {
  const stack = testStack({ environment: environmentNamed(environment) });
  for (const [index, path] of paths.entries()) {
    OperatorSecrets.of(new Construct(stack, `below-${index}`)).take(path);
  }
  return synthesise(stack);
}

test("is a sensitive variable that says what it is for and where to get it, and fails by itself when it is not set", () => {
  expect(taken("production", "digitalocean/dns-token").variable).toEqual({
    digitalocean_dns_token: {
      type: "string",
      default: "",
      sensitive: true,
      nullable: false,
      description: HOW_TO_BRING,
      validation: [
        {
          condition: interpolated("length(trimspace(var.digitalocean_dns_token)) > 0"),
          error_message: `TF_VAR_digitalocean_dns_token is missing. ${HOW_TO_BRING}`,
        },
      ],
    },
  });
});

test("is shown in plans where it is harmless", () => {
  expect(taken("production", "github/organization-id").variable?.github_organization_id.sensitive).toBe(false);
});

test.each([
  ["local", "discord/bot-token"],
  ["lan", "digitalocean/dns-token"],
] as const)("on %s may be empty, because %s is not needed there", (environment, path) => {
  const [variable] = Object.values(taken(environment, path).variable ?? {});

  expect(variable.default).toBe("");
  expect(variable).not.toHaveProperty("validation");
});

test("is no validation of the variable that looks at its shape: Terraform would show the value", () => {
  const { variable, output } = taken("production", "digitalocean/dns-token", "github/oauth-client-secret");

  expect(JSON.stringify(variable)).not.toContain("regex(");
  expect(output?.operator_secrets).toEqual({
    description: "Environment variables by which people bring this layer its secrets.",
    value: ["TF_VAR_digitalocean_dns_token", "TF_VAR_github_oauth_client_secret"],
    precondition: [
      {
        condition: interpolated(
          'var.digitalocean_dns_token == "" || can(regex("^dop_v1_[0-9a-f]{64}$", var.digitalocean_dns_token))',
        ),
        error_message: expect.stringMatching(
          /^TF_VAR_digitalocean_dns_token is malformed: write dop_v1_ and 64 hexadecimal digits, without .*DNS_TOKEN\.$/,
        ),
      },
      {
        condition: interpolated(
          'var.github_oauth_client_secret == "" || can(regex("^[0-9a-f]{40}$", var.github_oauth_client_secret))',
        ),
        error_message: expect.stringMatching(/^TF_VAR_github_oauth_client_secret is malformed: /),
      },
    ],
  });
});

test("has its shape looked at also where it may be empty", () => {
  const [precondition, ...others] = taken("local", "ballchasing/token").output?.operator_secrets.precondition ?? [];

  expect(precondition.condition).toBe(
    interpolated('var.ballchasing_token == "" || can(regex("^[A-Za-z0-9]{40}$", var.ballchasing_token))'),
  );
  expect(others).toEqual([]);
});

test("is one variable, however often a layer takes it", () => {
  const { variable, output } = taken("production", "discord/bot-token", "discord/bot-token");

  expect(Object.keys(variable ?? {})).toEqual(["discord_bot_token"]);
  expect(output?.operator_secrets.value).toEqual(["TF_VAR_discord_bot_token"]);
  expect(output?.operator_secrets.precondition).toHaveLength(1);
});

test("gives a reference to the value, the same each time", () => {
  const stack = testStack();
  const take = () => resolved(stack, OperatorSecrets.of(stack).take("discord/bot-token"));

  expect([take(), take()]).toEqual([interpolated("var.discord_bot_token"), interpolated("var.discord_bot_token")]);
});

test("leaves nothing in a layer that takes none", () => {
  const { variable, output } = taken("production");

  expect([variable, output]).toEqual([undefined, undefined]);
});

test("fails outside a layer's stack", () => {
  expect(() => OperatorSecrets.of(new Construct(undefined as never, ""))).toThrow(
    "it is in no LayerStack; make it below one",
  );
});
