import { INFLUXDB_READER_NAMES, INFLUXDB_TOKEN_HOLDER_NAMES } from "../../../config/data/influxdb";
import { BUCKET_USER_NAMES } from "../../../config/data/object-storage";
import { DATABASE_ROLE_NAMES } from "../../../config/data/postgres";
import { RABBITMQ_USER_NAMES } from "../../../config/data/rabbitmq";
import { selectEnvironments } from "../../../config/environments";
import {
  dopplerName,
  editionOf,
  environmentVariable,
  howToBring,
  operatorSecret,
  operatorSecretsOf,
  optionalSecretsOf,
  SECRETS,
  type SecretPath,
  variableName,
} from "../../../config/secrets/catalogue";
import { OPERATOR_SECRET_PATHS, type OperatorSecretPath } from "../../../config/secrets/operator-secrets";
import * as platform from "../../../config/secrets/platform-secrets";
import type { Secret } from "../../../config/secrets/secret";
import { foundationOutputs } from "../../../stacks/outputs";
import { MADE_UP_SECRETS } from "../../support/secrets";
import { environmentLike, environmentNamed } from "../../support/testing";

const entries = Object.entries(SECRETS) as readonly [SecretPath, Secret][];
const paths = entries.map(([path]) => path);

const ofOrigin = <O extends Secret["origin"]>(origin: O) =>
  entries.filter((entry): entry is [SecretPath, Extract<Secret, { origin: O }>] => entry[1].origin === origin);

describe("the paths", () => {
  test("are a group and a name, of lower-case letters, digits and hyphens", () => {
    expect(paths.filter((path) => !/^[a-z]+(-[a-z0-9]+)*\/[a-z]+(-[a-z0-9]+)*$/.test(path))).toEqual([]);
  });

  test("give each secret a name of its own, in Terraform and in Doppler", () => {
    expect(new Set(paths.map(variableName)).size).toBe(paths.length);
    expect(new Set(OPERATOR_SECRET_PATHS.map(dopplerName)).size).toBe(OPERATOR_SECRET_PATHS.length);
  });

  test("are lost to no other secret of the same path", () => {
    const ofUsers = [
      ...DATABASE_ROLE_NAMES.map(platform.databasePasswordPath),
      ...RABBITMQ_USER_NAMES.map(platform.rabbitMqPasswordPath),
      ...BUCKET_USER_NAMES.flatMap((user) => [platform.accessKeyIdPath(user), platform.secretAccessKeyPath(user)]),
      ...INFLUXDB_TOKEN_HOLDER_NAMES.map(platform.influxDbTokenPath),
      ...INFLUXDB_READER_NAMES.map(platform.influxDbPasswordPath),
    ];

    expect(new Set(ofUsers).size).toBe(ofUsers.length);
    expect(ofUsers.filter((path) => /\/(administrator|root|vault)-/.test(path))).toEqual([]);
    expect(paths).toHaveLength(OPERATOR_SECRET_PATHS.length + Object.keys(platform.PLATFORM_SECRETS).length);
  });

  test.each<[OperatorSecretPath, string, string]>([
    ["aws/sse-customer-key", "AWS_SSE_CUSTOMER_KEY", "AWS_SSE_CUSTOMER_KEY"],
    ["discord/bot-token", "DISCORD_BOT_TOKEN", "TF_VAR_discord_bot_token"],
    ["github/organization-id", "GITHUB_ORGANIZATION_ID", "TF_VAR_github_organization_id"],
  ])("%s is %s in Doppler and comes to Terraform as %s", (path, doppler, variable) => {
    expect([dopplerName(path), environmentVariable(path)]).toEqual([doppler, variable]);
  });
});

describe("the texts", () => {
  test("say for each secret what it is for, as the beginning of a sentence, and who reads it", () => {
    expect(entries.filter(([, { purpose }]) => !/^[A-Z][^\n]*[^.\s]$/.test(purpose))).toEqual([]);
    expect(entries.filter(([, { users }]) => users.length === 0 || users.includes(""))).toEqual([]);
  });

  test("say for everything that people bring where to get it and what it looks like, to end where they are put together", () => {
    const texts = OPERATOR_SECRET_PATHS.map(operatorSecret).flatMap(({ obtain, shape, feature }) => [
      obtain,
      shape.description,
      ...(feature === undefined ? [] : [feature]),
    ]);

    expect(texts.filter((text) => !/^\S[^\n]*[^.\s]$/.test(text))).toEqual([]);
  });

  test.each([
    ["production", "auth.sprocket.example.org"],
    ["lan", "auth.192-168-1-20.sslip.io"],
  ])("name the domain and the organisation of %s", (name, host) => {
    expect(howToBring("github/oauth-client-id", environmentNamed(name))).toBe(
      `Identifies ${host} to GitHub, where operators sign in. Where to get it: GitHub, the organisation SprocketBot, ` +
        `Settings, OAuth Apps; callback https://${host}/oauth2/callback. ` +
        "Where to keep it: Doppler's config applications, as GITHUB_OAUTH_CLIENT_ID.",
    );
  });

  test("name the organisation whose people sign in to Vault where operators need no sign-in", () => {
    const { vaultSignIn } = environmentNamed("production");

    expect(howToBring("github/organization-id", environmentLike("local", { vaultSignIn }))).toContain(
      "https://api.github.com/orgs/SprocketBot,",
    );
  });

  test("have no placeholder left, in any environment that may need them", () => {
    const texts = selectEnvironments(undefined).flatMap((environment) =>
      [...operatorSecretsOf(environment), ...optionalSecretsOf(environment)].map((path) =>
        howToBring(path, environment),
      ),
    );

    expect(texts.filter((text) => /[<>]/.test(text))).toEqual([]);
  });
});

describe.each(OPERATOR_SECRET_PATHS)("what is brought as %s", (path) => {
  const { pattern } = operatorSecret(path).shape;

  test("has a shape of which JavaScript and RE2 think the same, and which Terraform takes as it is", () => {
    expect(pattern).toMatch(/^\^.*\$$/);
    expect(pattern).not.toMatch(/\(\?|\\|\||["\n]|[$%]\{/);
    expect(pattern.match(/[0-9]{4,}/g)).toBeNull();
  });

  test("is taken in its shape, and not when anything is added or left out", () => {
    const value = MADE_UP_SECRETS[path];
    const taken = ["", ` ${value}`, `${value} `, `${value}\n`, `${value}\n${value}`, `"${value}"`, "…", value].filter(
      (each) => new RegExp(pattern).test(each),
    );

    expect(taken).toEqual([value]);
  });
});

describe("people bring", () => {
  const RATING = "elo/dgraph-api-key";
  const usual = OPERATOR_SECRET_PATHS.filter((path) => path !== RATING);
  const applications = usual.filter((path) => operatorSecret(path).destination === "vault");
  const alerts: readonly OperatorSecretPath[] = ["alerts/discord-webhook", "alerts/heartbeat-url"];
  const signIn = ["github/oauth-client-id", "github/oauth-client-secret"];

  test("nothing to a laptop", () => {
    expect(operatorSecretsOf(environmentNamed("local"))).toEqual([]);
  });

  test("to a LAN what operators' sign-in and the applications need", () => {
    expect(operatorSecretsOf(environmentNamed("lan"))).toEqual([...signIn, ...applications]);
  });

  test("to a LAN whose people sign in to Vault by GitHub the organisation's number too", () => {
    const { vaultSignIn } = environmentNamed("production");

    expect(operatorSecretsOf(environmentLike("lan", { vaultSignIn }))).toEqual([
      ...signIn,
      "github/organization-id",
      ...applications,
    ]);
  });

  test.each(["production", "staging"])("everything to %s that it has a use for", (name) => {
    expect(operatorSecretsOf(environmentNamed(name))).toEqual(usual);
  });

  test("the key to Dgraph where players are rated, be it a laptop", () => {
    const elo = { dgraph: "dgraph.example.org:9080" };

    expect(operatorSecretsOf(environmentLike("local", { applications: { elo } }))).toEqual([RATING]);
    expect(operatorSecretsOf(environmentLike("lan", { applications: { elo } }))).toContain(RATING);
  });

  test("where alerts are told to where people are told of them, and to nobody else", () => {
    const told = { alerts: { kind: "discord" } } as const;

    expect(operatorSecretsOf(environmentLike("local", told))).toEqual(alerts);
    expect(operatorSecretsOf(environmentLike("lan", { alerts: { kind: "none" } }))).toEqual([
      ...signIn,
      ...applications.filter((path) => !alerts.includes(path)),
    ]);
  });

  test("to the applications nothing without a word of what is off where it is left out, unless a setting asks for it", () => {
    expect(applications.filter((path) => operatorSecret(path).feature === undefined)).toEqual(alerts);
  });
});

describe("what is made up", () => {
  test("is so long that nobody guesses it", () => {
    const lengths = [
      ...ofOrigin("generated").map(([path, { length }]) => [path, length] as const),
      ...ofOrigin("foundation").flatMap(([path, { elsewhere }]) =>
        "length" in elsewhere ? [[path, elsewhere.length] as const] : [],
      ),
    ];

    expect(lengths).not.toHaveLength(0);
    expect(lengths.filter(([, length]) => length < 40)).toEqual([]);
  });

  test("signs sessions with a key as long as the hash that is made with it", () => {
    expect(SECRETS["core/jwt-key"].length).toBeGreaterThanOrEqual(64);
  });

  test("is a mere name for half a key of object storage alone", () => {
    const named = ofOrigin("foundation").filter(([, { elsewhere }]) => "name" in elsewhere);

    expect(named.map(([path]) => path)).toEqual(BUCKET_USER_NAMES.map(platform.accessKeyIdPath));
  });
});

test("the edition of a secret is its first until it was rotated", () => {
  const environment = environmentLike("lan", { rotations: { "core/jwt-key": 3 } });

  expect(editionOf(environment, "core/jwt-key")).toBe(3);
  expect(editionOf(environment, "redis/password")).toBe(1);
});

describe("what the foundation makes", () => {
  test.each(ofOrigin("foundation"))("as %s is an output of it", (_, { output, key }) => {
    const field = foundationOutputs.fields[output as keyof typeof foundationOutputs.fields];

    expect(field).toMatchObject(key === undefined ? { kind: "string" } : { kind: "map" });
    expect(field.keys).toEqual(key === undefined ? [] : expect.arrayContaining([key]));
  });

  test("is sensitive, but for names", () => {
    const open = ofOrigin("foundation").filter(
      ([, { output }]) => !foundationOutputs.fields[output as keyof typeof foundationOutputs.fields].sensitive,
    );

    expect(open.map(([path]) => path)).toEqual(BUCKET_USER_NAMES.map(platform.accessKeyIdPath));
  });
});

test("a service that keeps a secret in Vault by itself has something to sign in with", () => {
  const roles = ofOrigin("vault").map(([, { role }]) => role);

  expect([...new Set(ofOrigin("service").map(([, { by }]) => by))]).toEqual(roles);
});
