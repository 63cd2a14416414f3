import fc from "fast-check";
import { checkEnvironments, selectEnvironments } from "../../config/environments";
import { lan } from "../../config/environments/lan";
import { local } from "../../config/environments/local";
import { production } from "../../config/environments/production";
import { FaultsError } from "../../config/faults";
import type { EnvironmentInput } from "../../config/schema";
import { failureOf } from "../support/testing";

/** An environment as someone wrote it who had no compiler to help. */
const careless = (changes: Record<string, unknown>, base: EnvironmentInput = production) =>
  ({ ...base, ...changes }) as EnvironmentInput;

const without = (setting: keyof EnvironmentInput, base: EnvironmentInput) => careless({ [setting]: undefined }, base);

describe("checkEnvironments", () => {
  test("takes what is right as it was written and fills in the defaults", () => {
    const { github, ci } = production.vaultSignIn ?? {};
    const applications = {
      replicas: {},
      logLevels: ["error", "warn", "log"],
      playground: false,
      organization: 2,
      botPrefix: "s.",
    };

    expect(checkEnvironments({ production, local })).toEqual([
      {
        ...production,
        vaultSignIn: {
          github: { ...github, apiUrl: "https://api.github.com/" },
          ci: { ...ci, issuer: "https://token.actions.githubusercontent.com" },
        },
        loopbackSources: [],
        cloud: { ...production.cloud, managers: 1, workers: 0 },
        applications: { ...applications, ...production.applications },
        rotations: {},
      },
      { ...local, vaultSignIn: {}, applications: { ...applications, ...local.applications }, rotations: {} },
    ]);
  });

  test("fails with all five faults of a file, shapes and contradictions together", () => {
    const broken = careless({
      prefix: "Sprocket",
      ports: { http: 80, https: 443, vault: 0 },
      certificates: { kind: "acme", authority: "production", email: "nobody" },
      database: "container",
      name: "rehearsal",
    });

    expect(failureOf(() => checkEnvironments({ broken })).split("\n")).toEqual([
      "config/environments: 5 faults",
      '  - broken.ts prefix: got "Sprocket"; write lower-case letters, digits and hyphens, beginning with a letter',
      "  - broken.ts ports.vault: got 0; write a port from 1 to 65535",
      '  - broken.ts certificates.email: got "nobody"; write the address that Let\'s Encrypt warns before expiry',
      "  - broken.ts certificates.authority: got \"production\"; only production may ask Let's Encrypt's production " +
        'authority, whose rate limits last a week; write "staging"',
      '  - broken.ts database: got "container"; the cloud\'s database is the managed cluster, which is backed up; ' +
        'write "managed"',
    ]);
  });

  test("fails with the faults of every file", () => {
    const files = { first: careless({ database: 1 }, lan), second: careless({ database: 2 }, local) };

    expect(failureOf(() => checkEnvironments(files)).split("\n")).toEqual([
      "config/environments: 2 faults",
      '  - first.ts database: got 1; write "managed" or "container"',
      '  - second.ts database: got 2; write "managed" or "container"',
    ]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["an unknown setting", { colour: "red" }, 'broken.ts: there is no setting "colour"; remove it'],
    [
      "an unknown setting inside another",
      { hosts: { kind: "domain", domain: "example.org", tls: true } },
      'broken.ts hosts: there is no setting "tls"; remove it',
    ],
    [
      "a name that is missing",
      { name: undefined },
      "broken.ts name: got nothing; write lower-case letters, digits and hyphens, beginning with a letter",
    ],
    [
      "a name that is too long for the names made of it",
      { name: "a-rehearsal-of-production" },
      'broken.ts name: got "a-rehearsal-of-production"; write at most 20 characters',
    ],
    [
      "a prefix that is too long for the names made of it",
      { prefix: "sprocket-production2" },
      'broken.ts prefix: got "sprocket-production2"; write at most 19 characters',
    ],
    [
      "a platform that nobody knows",
      { platform: "moon" },
      'broken.ts platform: got "moon"; write "cloud", "lan" or "laptop"',
    ],
    [
      "a kind of hosts that nobody knows",
      { hosts: { kind: "ip" } },
      'broken.ts hosts.kind: got "ip"; write kind "localhost", "domain" or "address"',
    ],
    [
      "a domain with a scheme",
      { hosts: { kind: "domain", domain: "https://example.org" } },
      'broken.ts hosts.domain: got "https://example.org"; write a domain name in lower case, such as sprocket.example.org',
    ],
    ["no ports", { ports: undefined }, "broken.ts ports: got nothing; write http, https and vault"],
    [
      "a port that is a text",
      { ports: { http: 80, https: 443, vault: "8200" } },
      'broken.ts ports.vault: got "8200"; write a port, a whole number from 1 to 65535',
    ],
    [
      "nobody who decided about alerts",
      { alerts: undefined },
      'broken.ts alerts: got nothing; write kind "none" or "discord"',
    ],
    [
      "alerts by a way that nobody knows",
      { alerts: { kind: "mail" } },
      'broken.ts alerts.kind: got "mail"; write kind "none" or "discord"',
    ],
    [
      "a stand-in for nobody",
      { alerts: { kind: "none", standIn: "http://127.0.0.1:5000" } },
      'broken.ts alerts: there is no setting "standIn"; remove it',
    ],
    [
      "a stand-in that is no URL",
      { alerts: { kind: "discord", standIn: "127.0.0.1" } },
      'broken.ts alerts.standIn: got "127.0.0.1"; write a URL such as https://api.github.com/',
    ],
    [
      "a sign-in without a team",
      { signIn: { kind: "github", organization: "SprocketBot", team: "" } },
      'broken.ts signIn.team: got ""; write the operators\' team by its slug',
    ],
  ])("fails for %s", (_, changes, fault) => {
    expect(failureOf(() => checkEnvironments({ broken: careless(changes, lan) }))).toBe(
      `config/environments: 1 fault\n  - ${fault}`,
    );
  });

  const ROTATION = "write 2 after the first rotation, and leave it out before that";

  test.each([1, 0, 2.5, "2"])("fails for a secret that was rotated %j times", (times) => {
    const broken = careless({ rotations: { "core/jwt-key": times } }, lan);

    expect(failureOf(() => checkEnvironments({ broken }))).toBe(
      `config/environments: 1 fault\n  - broken.ts rotations.core/jwt-key: got ${JSON.stringify(times)}; ${ROTATION}`,
    );
  });

  describe("with sign-in to Vault", () => {
    const github = {
      organization: "SprocketBot",
      teams: { administrator: "infrastructure", operator: "operations", developer: "developers" },
    };
    const ci = { repository: "SprocketBot/sprocket-infrastructure", deploymentEnvironment: "lan" };
    const faultOf = (vaultSignIn: unknown) =>
      failureOf(() => checkEnvironments({ broken: careless({ vaultSignIn }, lan) }));

    test.each([[{}], [{ github }], [{ ci }], [{ github, ci }]])("takes %j", (vaultSignIn) => {
      expect(checkEnvironments({ lan: { ...lan, vaultSignIn } })).toMatchObject([{ vaultSignIn }]);
    });

    test("takes a GitHub of one's own, and another platform's tokens", () => {
      const vaultSignIn = {
        github: { ...github, apiUrl: "https://github.example.org/api/v3/" },
        ci: { ...ci, issuer: "https://tokens.example.org" },
      };

      expect(checkEnvironments({ lan: { ...lan, vaultSignIn } })).toMatchObject([{ vaultSignIn }]);
    });

    test.each<[string, unknown, string]>([
      [
        "an organisation without a name",
        { github: { ...github, organization: "" } },
        'github.organization: got ""; write the GitHub organisation\'s name',
      ],
      [
        "a team by its name in place of its slug",
        { github: { ...github, teams: { ...github.teams, operator: "The Operators" } } },
        'github.teams.operator: got "The Operators"; write the team of operators by its slug, as in its URL',
      ],
      [
        "a role that nobody knows",
        { github: { ...github, teams: { ...github.teams, guest: "guests" } } },
        'github.teams: there is no setting "guest"; remove it',
      ],
      [
        "an API that is no URL",
        { github: { ...github, apiUrl: "api.github.com" } },
        'github.apiUrl: got "api.github.com"; write a URL such as https://api.github.com/',
      ],
      [
        "an issuer by another protocol",
        { ci: { ...ci, issuer: "ftp://example.org" } },
        'ci.issuer: got "ftp://example.org"; write a URL such as https://api.github.com/',
      ],
      [
        "a repository without its owner",
        { ci: { ...ci, repository: "sprocket-infrastructure" } },
        'ci.repository: got "sprocket-infrastructure"; write the repository as owner/name',
      ],
      [
        "every repository of an owner",
        { ci: { ...ci, repository: "SprocketBot/*" } },
        'ci.repository: got "SprocketBot/*"; write the repository as owner/name',
      ],
      [
        "no deployment environment",
        { ci: { repository: ci.repository } },
        "ci.deploymentEnvironment: got nothing; write the repository's deployment environment",
      ],
    ])("fails for %s", (_, vaultSignIn, fault) => {
      expect(faultOf(vaultSignIn)).toBe(`config/environments: 1 fault\n  - broken.ts vaultSignIn.${fault}`);
    });

    test("fails for teams that are missing without advice on those that are there", () => {
      const { administrator } = github.teams;
      const message = faultOf({
        github: { ...github, teams: { administrator, operator: undefined, developer: undefined } },
      });

      expect(message).not.toContain("a team has one role");
    });
  });

  describe("with applications", () => {
    const SEVERAL =
      "there may be several of core, web, image-generation-frontend, image-generation-service, notification-service, " +
      "server-analytics-service, replay-parse-service, and of no other";
    const COUNT = "write how many containers, a whole number from 1 to 10";
    const chatwoot = { url: "https://chat.example.org/", websiteToken: "token" };

    test("takes what they do differently", () => {
      const applications = {
        replicas: { core: 10, "replay-parse-service": 1 },
        logLevels: ["verbose" as const],
        elo: { dgraph: "dgraph.example.org:9080" },
        chatwoot,
      };

      expect(checkEnvironments({ lan: { ...lan, applications } })).toMatchObject([{ applications }]);
    });

    test.each<[string, unknown, string]>([
      ["an unknown one", { replicas: { cors: 2 } }, `applications.replicas: there is no setting "cors"; ${SEVERAL}`],
      [
        "several of which there must be one",
        { replicas: { "discord-bot": 2, "submission-service": 1 } },
        `applications.replicas: there is no setting "discord-bot", "submission-service"; ${SEVERAL}`,
      ],
      ["a number without a name", { replicas: 2 }, `applications.replicas: got 2; ${SEVERAL}`],
      ["no container", { replicas: { core: 0 } }, `applications.replicas.core: got 0; ${COUNT}`],
      ["too many containers", { replicas: { core: 11 } }, `applications.replicas.core: got 11; ${COUNT}`],
      ["half a container", { replicas: { core: 1.5 } }, `applications.replicas.core: got 1.5; ${COUNT}`],
      [
        "no level of logs",
        { logLevels: [] },
        "applications.logLevels: got []; write one level at least: without any, some applications do not start",
      ],
      [
        "a level that nobody knows",
        { logLevels: ["log", "info"] },
        'applications.logLevels.1: got "info"; write one of error, warn, log, debug, verbose',
      ],
      [
        "a level in place of a list",
        { logLevels: "log" },
        'applications.logLevels: got "log"; write a list of error, warn, log, debug, verbose',
      ],
      ["a playground that is neither", { playground: "on" }, 'applications.playground: got "on"; write true or false'],
      [
        "an organisation by its name",
        { organization: "MLE" },
        'applications.organization: got "MLE"; write the organisation\'s number in the database',
      ],
      [
        "commands that begin with nothing",
        { botPrefix: "" },
        'applications.botPrefix: got ""; write what begins a command to the bot',
      ],
      [
        "a rating service without Dgraph's port",
        { elo: { dgraph: "dgraph.example.org" } },
        'applications.elo.dgraph: got "dgraph.example.org"; write Dgraph\'s host and port, such as dgraph.example.org:9080',
      ],
      [
        "a chat without a token",
        { chatwoot: { ...chatwoot, websiteToken: undefined } },
        "applications.chatwoot.websiteToken: got nothing; write the token of the website's inbox",
      ],
      ["an unknown setting", { colour: "red" }, 'applications: there is no setting "colour"; remove it'],
    ])("fails for %s", (_, applications, fault) => {
      expect(failureOf(() => checkEnvironments({ broken: careless({ applications }, lan) }))).toBe(
        `config/environments: 1 fault\n  - broken.ts ${fault}`,
      );
    });
  });

  test("fails for what only a cloud can get wrong", () => {
    const broken = careless({
      cloud: { ...production.cloud, droplet: "s-1vcpu-1gb", managers: 2, addresses: "192.168.0.0/24" },
      certificates: { kind: "acme", authority: "zerossl", email: "operations@example.org" },
      state: { kind: "spaces", region: "us-east-1", bucket: "state" },
    });

    expect(failureOf(() => checkEnvironments({ broken })).split("\n")).toEqual([
      "config/environments: 5 faults",
      '  - broken.ts certificates.authority: got "zerossl"; write "production" or "staging": which of Let\'s Encrypt\'s authorities',
      '  - broken.ts state.region: got "us-east-1"; write a Spaces region such as nyc3',
      '  - broken.ts cloud.addresses: got "192.168.0.0/24"; write a private range of addresses such as 10.60.0.0/20',
      '  - broken.ts cloud.droplet: got "s-1vcpu-1gb"; write one of s-4vcpu-8gb, s-8vcpu-16gb',
      "  - broken.ts cloud.managers: got 2; write 1, 3, 5 or 7 managers: an even number bears no more losses than one less",
    ]);
  });

  test("fails for a platform that nobody knows without advice that supposes another", () => {
    expect(failureOf(() => checkEnvironments({ broken: careless({ platform: "clout" }) }))).toBe(
      'config/environments: 1 fault\n  - broken.ts platform: got "clout"; write "cloud", "lan" or "laptop"',
    );
  });

  test("fails for an address that is none, and for a range that is none", () => {
    const broken = careless({ hosts: { kind: "address", address: "192.168.1.300" } }, lan);
    const other = careless({ loopbackSources: ["192.168.65.1"] }, local);

    expect(failureOf(() => checkEnvironments({ broken, other })).split("\n")).toEqual([
      "config/environments: 2 faults",
      '  - broken.ts hosts.address: got "192.168.1.300"; write the machine\'s IPv4 address, such as 192.168.1.20',
      '  - other.ts loopbackSources.0: got "192.168.65.1"; write an address range such as 192.168.65.1/32',
    ]);
  });

  test.each(["name", "prefix"] as const)("fails for two environments that share a %s", (key) => {
    const twin = { ...lan, name: "party", prefix: "party", [key]: lan[key] };

    expect(failureOf(() => checkEnvironments({ lan, twin }))).toBe(
      `config/environments: 1 fault\n  - twin.ts ${key}: got "${lan[key]}", which is lan.ts's; write another`,
    );
  });

  test("fails for a prefix that begins as another's, whichever is first", () => {
    const outer = { ...lan, name: "outer", prefix: "party" };
    const inner = { ...local, name: "inner", prefix: "party-2" };
    const message =
      'config/environments: 1 fault\n  - inner.ts prefix: got "party-2", which begins as outer.ts\'s; write one that does not begin with "party-"';

    expect(failureOf(() => checkEnvironments({ outer, inner }))).toBe(message);
    expect(failureOf(() => checkEnvironments({ inner, outer }))).toBe(message);
  });

  describe("with the domains of two environments", () => {
    const at = (domain: string, name: string) =>
      careless({ name, prefix: name, hosts: { kind: "domain", domain } }, lan);
    const fault = (file: string, domain: string, outer: string) =>
      `  - ${file}.ts hosts.domain: got "${domain}", which is inside ${outer}.ts's; write one beside it, not below it`;

    test("fails for one inside the other, whichever is first", () => {
      const outer = at("example.org", "outer");
      const inner = at("a.b.example.org", "inner");
      const message = `config/environments: 1 fault\n${fault("inner", "a.b.example.org", "outer")}`;

      expect(failureOf(() => checkEnvironments({ outer, inner }))).toBe(message);
      expect(failureOf(() => checkEnvironments({ inner, outer }))).toBe(message);
    });

    test("fails for one and the same, naming both files", () => {
      const files = { one: at("example.org", "one"), two: at("example.org", "two") };

      expect(failureOf(() => checkEnvironments(files)).split("\n")).toEqual([
        "config/environments: 1 fault",
        '  - two.ts hosts.domain: got "example.org", which is one.ts\'s; write another',
      ]);
    });

    test("fails for a domain that is none by that alone", () => {
      const files = { one: at("EXAMPLE.org", "one"), two: at("example.org", "two") };

      expect(failureOf(() => checkEnvironments(files)).split("\n")).toEqual([
        "config/environments: 1 fault",
        expect.stringContaining('one.ts hosts.domain: got "EXAMPLE.org"; write a domain name in lower case'),
      ]);
    });

    test("takes one beside the other, also where one's name ends like the other's", () => {
      const files = { one: at("sprocket.example.org", "one"), two: at("my-sprocket.example.org", "two") };

      expect(checkEnvironments(files)).toHaveLength(2);
    });
  });

  test("fails for two environments without a prefix once each: they share nothing", () => {
    const files = { first: without("prefix", lan), second: without("prefix", local) };
    const fault = "got nothing; write lower-case letters, digits and hyphens, beginning with a letter";

    expect(failureOf(() => checkEnvironments(files)).split("\n")).toEqual([
      "config/environments: 2 faults",
      `  - first.ts prefix: ${fault}`,
      `  - second.ts prefix: ${fault}`,
    ]);
  });

  test("fails with faults and never crashes, whatever a setting is", () => {
    const settings = [...Object.keys(production), "rotations", "loopbackSources"] as (keyof EnvironmentInput)[];
    const setting = fc.constantFrom(...settings);
    const base = fc.constantFrom(production, lan, local);

    fc.assert(
      fc.property(base, setting, fc.jsonValue({ maxDepth: 2 }), (environment, key, value) => {
        try {
          checkEnvironments({ broken: careless({ [key]: value }, environment) });
        } catch (error) {
          expect(error).toBeInstanceOf(FaultsError);
          // A right name that is not production's is at odds with production's certificates.
          const faulty = key === "name" ? "(name|certificates.authority)" : key;
          expect((error as Error).message).toMatch(new RegExp(`broken\\.ts ${faulty}`));
        }
      }),
      {
        numRuns: 200,
        examples: [
          [production, "ports", null],
          [production, "rotations", null],
          [production, "rotations", { __proto__: null, toString: 2 }],
          [production, "vaultSignIn", { github: { teams: null } }],
          [production, "vaultSignIn", null],
          [production, "name", "a"],
        ],
      },
    );
  });
});

describe("selectEnvironments", () => {
  const namesOf = (selection: string | undefined) => selectEnvironments(selection).map(({ name }) => name);

  test.each([
    [undefined, ["production", "staging", "lan", "local"]],
    ["", ["production", "staging", "lan", "local"]],
    ["local", ["local"]],
    ["local, production,", ["production", "local"]],
  ])("%p selects %j", (selection, names) => {
    expect(namesOf(selection)).toEqual(names);
  });

  test("fails for unknown names, each with the known ones", () => {
    expect(failureOf(() => namesOf("locale,local,moon")).split("\n")).toEqual([
      "SPROCKET_ENVIRONMENTS: 2 faults",
      "  - locale: there is no such environment; the known ones are production, staging, lan, local",
      "  - moon: there is no such environment; the known ones are production, staging, lan, local",
    ]);
  });
});
