import { awaitVault, vaultProblem } from "../../../ops/deployment/vault";
import type { Finding } from "../../../ops/diagnosis/finding";
import { vaultFindings } from "../../../ops/diagnosis/vault";
import { OperatorError } from "../../../ops/operator-error";
import { lastLines } from "../../../ops/swarm/logs";
import { environmentNamed } from "../../support/testing";

jest.mock("../../../ops/diagnosis/vault", () => ({
  ...jest.requireActual("../../../ops/diagnosis/vault"),
  vaultFindings: jest.fn(),
}));
jest.mock("../../../ops/swarm/logs");
jest.mock("node:timers/promises", () => jest.requireActual("../../support/short-pauses"));

const asked = jest.mocked(vaultFindings);
const log = jest.mocked(lastLines);
const { signal } = new AbortController();
const ok: Finding = { subject: "Vault", state: "ok", message: "is unsealed" };
const sealed: Finding = { subject: "Vault", state: "failed", message: "is sealed", remedy: "look at the bootstrap" };
const silent: Finding = { subject: "Vault", state: "unknown", message: "answers 429 about its health" };

const wait = (until = signal, environment = "local") => awaitVault(environmentNamed(environment), {} as never, until);

/** Has the minute be over when Vault was asked twice. */
function passQuickly(): void {
  jest.spyOn(performance, "now").mockReturnValueOnce(0).mockReturnValueOnce(60_000).mockReturnValue(60_001);
}

beforeEach(() => {
  asked.mockReset();
  log.mockReset().mockResolvedValue([]);
});
afterEach(() => {
  jest.restoreAllMocks();
});

test.each([
  ["is unsealed", ok, undefined],
  ["is sealed", sealed, sealed],
  ["answers strangely", silent, silent],
])("of a Vault that %s it is known what its problem is", async (_, finding, problem) => {
  asked.mockResolvedValue([finding]);

  expect(await vaultProblem(environmentNamed("local"), {} as never)).toBe(problem);
});

test("a Vault that is well is not waited for", async () => {
  asked.mockResolvedValue([ok]);
  await wait();

  expect(asked).toHaveBeenCalledTimes(1);
});

test("a Vault that is being unsealed is waited for, whatever it answers meanwhile", async () => {
  asked.mockResolvedValueOnce([silent]).mockResolvedValueOnce([sealed]).mockResolvedValue([ok]);
  await wait();

  expect(asked).toHaveBeenCalledTimes(3);
});

test.each([
  ["is sealed", sealed, "Vault is sealed.\n→ look at the bootstrap"],
  ["answers strangely", silent, "Vault answers 429 about its health."],
])("a Vault that %s for longer than a minute is given up, with what mends it", async (_, finding, message) => {
  passQuickly();
  asked.mockResolvedValue([finding]);

  await expect(wait()).rejects.toThrow(new OperatorError(message));
  expect(asked).toHaveBeenCalledTimes(2);
});

test.each([
  ["local", "sprocket-local-vault-bootstrap"],
  ["production", "sprocket-production-vault"],
])("of %s the one that should have unsealed Vault says what kept it, once", async (environment, service) => {
  passQuickly();
  asked.mockResolvedValue([sealed]);
  log.mockResolvedValue(["no key", "no key", "tries again"]);

  await expect(wait(signal, environment)).rejects.toThrow(
    "Vault is sealed.\n→ look at the bootstrap\n  | no key\n  | tries again",
  );
  expect(log).toHaveBeenCalledWith(expect.anything(), service, 10);
});

test("a Vault in the cloud that a person has to initialise is not waited for, and how is said", async () => {
  const { vaultFinding } =
    jest.requireActual<typeof import("../../../ops/diagnosis/vault")>("../../../ops/diagnosis/vault");
  asked.mockImplementation(async (environment) => [vaultFinding(environment, { status: 501 })]);

  await expect(wait(signal, "staging")).rejects.toThrow(
    new OperatorError(
      "Vault is not initialised.\n→ npm run ops -- vault init staging says what it does, and hands out keys and a first token; then deploy with that one in VAULT_TOKEN",
    ),
  );
  expect(asked).toHaveBeenCalledTimes(1);
});

test("one that initialises itself is waited for", async () => {
  const empty: Finding = { subject: "Vault", state: "failed", message: "is not initialised" };
  asked.mockResolvedValueOnce([empty]).mockResolvedValue([ok]);
  await wait();

  expect(asked).toHaveBeenCalledTimes(2);
});

test("who stops the command waits no longer", async () => {
  const controller = new AbortController();
  asked.mockImplementation(async () => {
    controller.abort();
    return [sealed];
  });

  await expect(wait(controller.signal)).rejects.toThrow("aborted");
  expect(asked).toHaveBeenCalledTimes(1);
});
