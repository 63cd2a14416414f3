import { operatorSecretsOf } from "../../config/secrets/catalogue";
import { dopplerTemplate } from "../../config/secrets/template";
import { ops } from "../support/ops-command";
import { madeUpEnvironment } from "../support/secrets";
import { environmentNamed } from "../support/testing";

const needed = operatorSecretsOf(environmentNamed("staging")).length;
const everything = madeUpEnvironment();
const malformed = { ...everything, TF_VAR_discord_client_id: "planted-and-malformed" };

/** Runs a command, with nothing in its environment but what is given. */
const run = (line: string, variables: Readonly<Record<string, string>> = {}) => ops(line.split(" "), variables);

describe("check", () => {
  test("fails where something is missing, and says of each thing where to get it", async () => {
    const { status, stdout } = await run("secrets check staging");
    const lines = stdout.trimEnd().split("\n");

    expect(status).toBe(1);
    expect(lines).toContainEqual(
      expect.stringMatching(/^missing {4}TF_VAR_discord_bot_token {2}Signs the bot in .* as DISCORD_BOT_TOKEN\.$/),
    );
    expect(lines.at(-1)).toBe(`staging cannot be deployed: ${needed} of ${needed} secrets are missing or malformed.`);
  });

  test("passes where everything is there, and has nothing more to say", async () => {
    const { status, stdout } = await run("secrets check staging", everything);
    const lines = stdout.trimEnd().split("\n");

    expect(status).toBe(0);
    expect(lines.at(-1)).toBe("staging has every secret that people must bring.");
    expect(lines.slice(0, -1).filter((line) => !/^present {4}\w+$/.test(line))).toEqual([]);
  });

  test("fails where something is malformed, which is what it shows", async () => {
    const { status, stdout } = await run("secrets check staging", malformed);

    expect(status).toBe(1);
    expect(stdout.split("\n").filter((line) => !line.startsWith("present"))).toEqual([
      expect.stringMatching(/^malformed {2}TF_VAR_discord_client_id {2}Write 17 to 20 digits, without a space/),
      expect.stringMatching(/^staging cannot be deployed: 1 of \d+ /),
      "",
    ]);
  });

  test("has findings for programs, with the same exit code", async () => {
    const { status, stdout } = await run("secrets check staging --json", malformed);
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
    const { status, stdout } = await run("secrets check local --json");
    const findings: readonly { state: string }[] = JSON.parse(stdout);

    expect(status).toBe(0);
    expect([...new Set(findings.map(({ state }) => state))]).toEqual(["stand-in"]);
  });
});

test("template prints the file of the environment, and nothing else", async () => {
  expect(await run("secrets template staging --config applications", everything)).toEqual({
    status: 0,
    stdout: `${dopplerTemplate(environmentNamed("staging"), "applications")}\n`,
    stderr: "",
  });
});

test.each([
  ["secrets check --help", "npm run ops -- secrets check production"],
  ["secrets template --help", "ops -- secrets template production --config applications"],
])("%s has an example, and the environments", async (line, example) => {
  const { status, stdout } = await run(line);

  expect(status).toBe(0);
  expect(stdout).toMatch(/\nExample:\n/);
  expect(stdout).toContain(example);
  expect(stdout).toContain("one of production, staging, lan, local");
});

test.each(["secrets check staging", "secrets check staging --json", "secrets template staging --config applications"])(
  "no value is shown: %s",
  async (line) => {
    const { stdout } = await run(line, malformed);

    expect(Object.values(malformed).filter((value) => stdout.includes(value))).toEqual([]);
  },
);
