import { isInAccounts } from "../../../constructs/terraform/layer";
import { Declaration } from "../../../ops/declaration/declaration";
import { secretStatesFor } from "../../../ops/diagnosis/secrets";
import { environmentNamed } from "../../support/testing";

const { environment, layers } = Declaration.of(environmentNamed("staging"));
const variablesFor = (chosen: typeof layers) => secretStatesFor(environment, chosen).map(({ variable }) => variable);

test("whoever deploys into the Swarm needs nothing that opens the cloud's accounts", () => {
  const inSwarm = variablesFor(layers.filter(({ layer }) => !isInAccounts(layer)));

  expect(inSwarm).toEqual(
    expect.arrayContaining([
      "AWS_ACCESS_KEY_ID",
      "AWS_SSE_CUSTOMER_KEY",
      "TF_VAR_digitalocean_dns_token",
      "TF_VAR_discord_bot_token",
    ]),
  );
  expect(inSwarm.filter((variable) => /^(DIGITALOCEAN|SPACES|TF_VAR_amazon)/.test(variable))).toEqual([]);
});

test.each([
  ["foundation", ["DIGITALOCEAN_TOKEN", "SPACES_ACCESS_KEY_ID", "SPACES_SECRET_ACCESS_KEY"]],
  ["offsite", ["TF_VAR_amazon_access_key_id", "TF_VAR_amazon_secret_access_key"]],
])("%s needs the state's keys and %j", (name, own) => {
  expect(variablesFor(layers.filter(({ layer }) => layer === name))).toEqual([
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SSE_CUSTOMER_KEY",
    ...own,
  ]);
});

test("all layers together need everything", () => {
  expect(variablesFor(layers)).toEqual(expect.arrayContaining(["DIGITALOCEAN_TOKEN", "TF_VAR_amazon_access_key_id"]));
});
