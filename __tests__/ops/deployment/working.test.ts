import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockEnvironment } from "../../../ops/deployment/environment-lock";
import { working } from "../../../ops/deployment/working";
import { keepHistory } from "../../../ops/state/keep";
import { Workspace } from "../../../ops/terraform/workspace";
import { STACKS_FOLDER } from "../../support/ops-folders";
import { environmentNamed } from "../../support/testing";

jest.mock("../../../ops/folders", () => jest.requireActual("../../support/ops-folders"));
jest.mock("../../../ops/deployment/environment-lock");
jest.mock("../../../ops/state/keep");

const local = environmentNamed("local");
const umask = process.umask();
const unlock = jest.fn(async () => {});
const said: string[] = [];

beforeEach(() => {
  said.length = 0;
  unlock.mockClear();
  jest.mocked(lockEnvironment).mockReset().mockResolvedValue(unlock);
  jest.mocked(keepHistory).mockReset().mockResolvedValue([]);
  jest.spyOn(console, "error").mockImplementation((text) => void said.push(text));
});
afterEach(() => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.removeAllListeners(signal);
  }
  process.umask(umask);
  jest.restoreAllMocks();
});

/** A plan in the folder of a stack, as a killed command leaves it. */
function plan(folder: string): string {
  mkdirSync(join(STACKS_FOLDER, folder), { recursive: true });
  const file = join(STACKS_FOLDER, folder, "ops.tfplan");
  writeFileSync(file, "with secrets");
  return file;
}

test("plans that a killed command left are gone before anything is done, those of taking over too", async () => {
  const plans = [plan("local-layer-1"), plan("local-layer-1.adoption")];
  let left: readonly boolean[] = [];
  await working(local, "test", async () => {
    left = plans.map((file) => existsSync(file));
    plan("local-platform");
  });

  expect(left).toEqual([false, false]);
  expect(readdirSync(STACKS_FOLDER).sort()).toEqual(["local-layer-1", "local-platform"]);
  expect(readdirSync(join(STACKS_FOLDER, "local-platform"))).toEqual([]);
});

describe("where a plan cannot be removed afterwards", () => {
  const cannotRemove = () =>
    jest.spyOn(Workspace.prototype, "forgetPlan").mockRejectedValue(new Error("read-only file system"));

  test("the lock is given back, and why the work failed is what is told", async () => {
    const failing = working(local, "test", async () => {
      cannotRemove();
      throw new Error("the work failed");
    });

    await expect(failing).rejects.toThrow("the work failed");
    expect(said).toEqual(["Plans, which hold secrets, were not removed: read-only file system"]);
    expect(unlock).toHaveBeenCalledTimes(1);
  });

  test("the command fails where nothing else did", async () => {
    const ended = working(local, "test", async () => {
      cannotRemove();
    });

    await expect(ended).rejects.toThrow("read-only file system");
    expect(unlock).toHaveBeenCalledTimes(1);
  });
});

test("the history of the states is kept before and after, and the lock given back where it cannot be", async () => {
  const events: string[] = [];
  jest.mocked(keepHistory).mockImplementation(async () => {
    events.push("kept");
    return [];
  });
  await working(local, "test", async () => void events.push("worked"));
  expect(events).toEqual(["kept", "worked", "kept"]);

  jest.mocked(keepHistory).mockRejectedValue(new Error("no bucket"));
  await expect(working(local, "test", async () => void events.push("worked"))).rejects.toThrow("no bucket");
  expect(events).toHaveLength(3);
  expect(unlock).toHaveBeenCalledTimes(2);
});
