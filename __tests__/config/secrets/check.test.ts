import fc from "fast-check";
import type { Environment } from "../../../config/schema";
import { environmentVariable, operatorSecret, operatorSecretsOf } from "../../../config/secrets/catalogue";
import { operatorSecretStates } from "../../../config/secrets/check";
import { OPERATOR_SECRET_PATHS, type OperatorSecretPath } from "../../../config/secrets/operator-secrets";
import { MADE_UP_SECRETS, madeUpEnvironment } from "../../support/secrets";
import { environmentNamed } from "../../support/testing";

const production = environmentNamed("production");
const local = environmentNamed("local");

/** How it stands with one secret when all others are there. */
function stateOf(path: OperatorSecretPath, value: string | undefined, environment: Environment = production) {
  const variables = { ...madeUpEnvironment(), [environmentVariable(path)]: value };
  return operatorSecretStates(environment, variables).find((state) => state.path === path);
}

const HOW_TO_BRING =
  "Signs the bot in to Discord. Where to get it: Discord, Developer Portal, the application, Bot, Reset Token. " +
  "Where to keep it: Doppler's config applications, as DISCORD_BOT_TOKEN.";
const bot = { path: "discord/bot-token", variable: "TF_VAR_discord_bot_token", doppler: "applications" };

test("what is there and looks right is present, and there is nothing to say of it", () => {
  expect(stateOf("discord/bot-token", MADE_UP_SECRETS["discord/bot-token"])).toEqual({
    ...bot,
    state: "present",
    message: "",
  });
});

test.each([undefined, "", " ", "\n"])("what is %j is missing where it is needed, with where to get it", (value) => {
  expect(stateOf("discord/bot-token", value)).toEqual({ ...bot, state: "missing", message: HOW_TO_BRING });
});

test("what is not there has a stand-in where the environment does without, with what is off", () => {
  expect(stateOf("discord/bot-token", undefined, local)).toEqual({
    ...bot,
    state: "stand-in",
    message: `Off: the Discord bot. ${HOW_TO_BRING}`,
  });
});

test.each([
  ["production", production],
  ["local", local],
])("what looks wrong is malformed on %s, with what it should look like", (_, environment) => {
  for (const value of ["a", `${MADE_UP_SECRETS["discord/bot-token"]}\n`, ` ${MADE_UP_SECRETS["discord/bot-token"]}`]) {
    expect(stateOf("discord/bot-token", value, environment)).toEqual({
      ...bot,
      state: "malformed",
      message:
        "Write three parts of letters, digits, hyphens and underscores, joined by full stops, " +
        `without a space or a line end around it. ${HOW_TO_BRING}`,
    });
  }
});

test("what is blank on a laptop fails there as it does in Terraform, which takes it for malformed", () => {
  expect(stateOf("discord/bot-token", " ", local)?.state).toBe("malformed");
});

test("what the tools read is looked for by the names that they read", () => {
  expect(stateOf("aws/access-key-id", undefined)).toMatchObject({ variable: "AWS_ACCESS_KEY_ID", doppler: "tools" });
});

test.each(["production", "staging", "lan"])("%s is told of everything that it needs, and of nothing else", (name) => {
  const environment = environmentNamed(name);

  expect(operatorSecretStates(environment, {}).map(({ path, state }) => [path, state])).toEqual(
    operatorSecretsOf(environment).map((path) => [path, "missing"]),
  );
});

test("a laptop is told of everything that it could do with, and of nothing else", () => {
  const optional = OPERATOR_SECRET_PATHS.filter((path) => operatorSecret(path).feature !== undefined);

  expect(operatorSecretStates(local, {}).map(({ path, state }) => [path, state])).toEqual(
    optional.map((path) => [path, "stand-in"]),
  );
});

test("what is said does not depend on the value, but for whether it is there and looks right", () => {
  const environment = fc.constantFrom(production, environmentNamed("lan"), local);
  const secret = fc.oneof(
    ...OPERATOR_SECRET_PATHS.map((path) =>
      fc.tuple(
        fc.constant(path),
        fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(new RegExp(operatorSecret(path).shape.pattern))),
      ),
    ),
  );

  fc.assert(
    fc.property(environment, secret, (where, [path, value]) => {
      const sayable = ["", "?", MADE_UP_SECRETS[path]].map((known) => stateOf(path, known, where));
      expect(sayable).toContainEqual(stateOf(path, value, where));
    }),
    { numRuns: 50 },
  );
});
