import { dopplerName, operatorSecret, operatorSecretsOf, optionalSecretsOf } from "../../../config/secrets/catalogue";
import type { DopplerConfig } from "../../../config/secrets/secret";
import { dopplerTemplate } from "../../../config/secrets/template";
import { environmentNamed } from "../../support/testing";

test("each name stands empty below what it is for, where to get it and what it looks like", () => {
  const [first, second, ...others] = dopplerTemplate(environmentNamed("production"), "tools").split("\n\n");

  expect(first).toBe(
    "# Opens the Spaces bucket that holds Terraform's state. " +
      "Where to get it: DigitalOcean, Spaces Object Storage, Access Keys; a limited one for the state bucket. " +
      "Where to keep it: Doppler's config tools, as AWS_ACCESS_KEY_ID.\n" +
      "# It is 20 capital letters and digits.\n" +
      "AWS_ACCESS_KEY_ID=",
  );
  expect(second).toMatch(/\nAWS_SECRET_ACCESS_KEY=$/);
  expect(others.map((entry) => entry.split("\n").at(-1))).toEqual([
    "AWS_SSE_CUSTOMER_KEY=",
    "DIGITALOCEAN_TOKEN=",
    "SPACES_ACCESS_KEY_ID=",
    "SPACES_SECRET_ACCESS_KEY=",
  ]);
});

test.each<[string, DopplerConfig]>([
  ["production", "tools"],
  ["production", "applications"],
  ["lan", "tools"],
  ["lan", "applications"],
  ["local", "applications"],
])(
  "for %s and %s every name that the environment needs or could do with is there, and nothing has a value",
  (name, config) => {
    const environment = environmentNamed(name);
    const lines = dopplerTemplate(environment, config).split("\n");
    const named = [...operatorSecretsOf(environment), ...optionalSecretsOf(environment)].filter(
      (path) => operatorSecret(path).doppler === config,
    );

    expect(lines.filter((line) => !/^(# .*|)$/.test(line))).toEqual(named.map((path) => `${dopplerName(path)}=`));
  },
);

test("names the environment's domain", () => {
  expect(dopplerTemplate(environmentNamed("staging"), "applications")).toContain(
    "# Lets Traefik prove to Let's Encrypt that sprocket-staging.example.org is ours.",
  );
});

test("is empty where there is nothing to bring", () => {
  expect(dopplerTemplate(environmentNamed("local"), "tools")).toBe("");
});
