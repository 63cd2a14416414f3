import { Command, CommanderError } from "commander";
import { operatorSecretsOf } from "../../config/secrets/catalogue";
import { dopplerTemplate } from "../../config/secrets/template";
import { addSecretsCommand } from "../../ops/secrets";
import { madeUpEnvironment } from "../support/secrets";
import { environmentNamed } from "../support/testing";

const needed = operatorSecretsOf(environmentNamed("staging")).length;
const everything = madeUpEnvironment();
const malformed = { ...everything, TF_VAR_discord_client_id: "planted-and-malformed" };
const variables = process.env;

afterEach(() => {
  process.env = variables;
  process.exitCode = undefined;
  jest.restoreAllMocks();
});

/** Runs a command of `ops`, with nothing in its environment but what is given. */
async function ops(line: string, environment: Readonly<Record<string, string>> = {}) {
  let stdout = "";
  const program = new Command("ops").exitOverride().configureOutput({
    writeOut: (text) => {
      stdout += text;
    },
  });
  jest.spyOn(console, "log").mockImplementation((text) => {
    stdout += `${text}\n`;
  });
  process.env = environment;
  addSecretsCommand(program);
  await program.parseAsync(line.split(" "), { from: "user" }).catch((error: unknown) => {
    if (!(error instanceof CommanderError)) {
      throw error;
    }
    process.exitCode = error.exitCode;
  });
  return { status: process.exitCode ?? 0, stdout };
}

describe("check", () => {
  test("fails where something is missing, and says of each thing where to get it", async () => {
    const { status, stdout } = await ops("secrets check staging");
    const lines = stdout.trimEnd().split("\n");

    expect(status).toBe(1);
    expect(lines).toContainEqual(
      expect.stringMatching(/^missing {4}TF_VAR_discord_bot_token {2}Signs the bot in .* as DISCORD_BOT_TOKEN\.$/),
    );
    expect(lines.at(-1)).toBe(`staging cannot be deployed: ${needed} of ${needed} secrets are missing or malformed.`);
  });

  test("passes where everything is there, and has nothing more to say", async () => {
    const { status, stdout } = await ops("secrets check staging", everything);
    const lines = stdout.trimEnd().split("\n");

    expect(status).toBe(0);
    expect(lines.at(-1)).toBe("staging has every secret that people must bring.");
    expect(lines.slice(0, -1).filter((line) => !/^present {4}\w+$/.test(line))).toEqual([]);
  });

  test("fails where something is malformed, which is what it shows", async () => {
    const { status, stdout } = await ops("secrets check staging", malformed);

    expect(status).toBe(1);
    expect(stdout.split("\n").filter((line) => !line.startsWith("present"))).toEqual([
      expect.stringMatching(/^malformed {2}TF_VAR_discord_client_id {2}Write 17 to 20 digits, without a space/),
      expect.stringMatching(/^staging cannot be deployed: 1 of \d+ /),
      "",
    ]);
  });

  test("has findings for programs, with the same exit code", async () => {
    const { status, stdout } = await ops("secrets check staging --json", malformed);
    const findings: readonly { state: string }[] = JSON.parse(stdout);

    expect(status).toBe(1);
    expect(findings).toHaveLength(needed);
    expect(findings.filter(({ state }) => state !== "present")).toEqual([
      {
        path: "discord/client-id",
        variable: "TF_VAR_discord_client_id",
        doppler: "applications",
        state: "malformed",
        message: expect.stringContaining("Write 17 to 20 digits"),
      },
    ]);
  });

  test("passes on a laptop with stand-ins alone", async () => {
    const { status, stdout } = await ops("secrets check local --json");
    const findings: readonly { state: string }[] = JSON.parse(stdout);

    expect(status).toBe(0);
    expect([...new Set(findings.map(({ state }) => state))]).toEqual(["stand-in"]);
  });
});

test("template prints the file of the environment, and nothing else", async () => {
  expect(await ops("secrets template staging --config applications", everything)).toEqual({
    status: 0,
    stdout: `${dopplerTemplate(environmentNamed("staging"), "applications")}\n`,
  });
});

test.each([
  ["secrets check --help", "npm run ops -- secrets check production"],
  ["secrets template --help", "ops -- secrets template production --config applications"],
])("%s has an example, and the environments", async (line, example) => {
  const { status, stdout } = await ops(line);

  expect(status).toBe(0);
  expect(stdout).toMatch(/\nExample:\n/);
  expect(stdout).toContain(example);
  expect(stdout).toContain("one of production, staging, lan, local");
});

test.each(["secrets check staging", "secrets check staging --json", "secrets template staging --config applications"])(
  "no value is shown: %s",
  async (line) => {
    const { stdout } = await ops(line, malformed);

    expect(Object.values(malformed).filter((value) => stdout.includes(value))).toEqual([]);
  },
);
