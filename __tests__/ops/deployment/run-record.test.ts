import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { WorkedLayer } from "../../../ops/deployment/environment-work";
import { RunRecord } from "../../../ops/deployment/run-record";
import { workIn, workspaceWith } from "../../support/environment-work";
import { stateFile } from "../../support/ops-folders";
import { type Swarm, swarm, swarmObject } from "../../support/swarm";

jest.mock("../../../ops/folders", () => jest.requireActual("../../support/ops-folders"));
jest.mock("../../../ops/deployment/unfinished", () => ({ unfinishedNames: () => ["sprocket-local-secret"] }));
jest.mock("node:timers/promises", () => jest.requireActual("../../support/short-pauses"));

const file = stateFile("local.run.json");
const later = () => new Date(Date.now() + 60_000);
const secret = "sprocket-local-secret";

const layer = { workspace: workspaceWith() } as WorkedLayer;

let engine: Swarm;
let record: RunRecord;

/** Leaves a record of a deploy that began a moment ago. */
function leaveRecord(run: { process?: number; startedHere?: number } = {}): void {
  const now = { layer: "local-platform", started: new Date().toISOString(), startedHere: Date.now() };
  writeFileSync(file, JSON.stringify({ ...now, ...run }));
}
const isRemoved = () => engine.content.secrets.length === 0;

/** The id of a process that ended. */
async function deadProcess(): Promise<number> {
  const child = spawn("true");
  await once(child, "exit");
  return child.pid as number;
}

beforeEach(async () => {
  rmSync(file, { force: true });
  engine = await swarm({ secrets: [swarmObject(secret, later())] });
  record = new RunRecord(workIn(engine));
});
afterEach(() => engine.close());

describe("while something is done", () => {
  test("there is a record of it, which is gone when it went well", async () => {
    const seen: { started: string; process?: number }[] = [];
    const look = () => seen.push(JSON.parse(readFileSync(file, "utf8")));
    await record.during(layer, async (_, onStart) => {
      look();
      onStart(4711);
      look();
    });
    const [first, second] = seen;

    expect(Math.abs(Date.parse(first?.started ?? "") - Date.now())).toBeLessThan(60_000);
    expect(second).toEqual({ ...first, process: 4711 });
    expect({ isThere: existsSync(file), isLeftOver: record.isLeftOver, isRemoved: isRemoved() }).toEqual({
      isThere: false,
      isLeftOver: false,
      isRemoved: false,
    });
  });

  test("and it fails, what no state knows is removed, and why it failed is said", async () => {
    const failing = record.during(layer, () => Promise.reject(new Error("did not converge")));

    await expect(failing).rejects.toThrow("did not converge");
    expect({ isRemoved: isRemoved(), isThere: existsSync(file) }).toEqual({ isRemoved: true, isThere: false });
  });

  test("and Docker goes away with it, why it failed is said all the same, and the record stays", async () => {
    const failing = record.during(layer, () => {
      engine.docker.listSecrets = () => Promise.reject(new Error("ECONNREFUSED"));
      return Promise.reject(new Error("did not converge"));
    });

    await expect(failing).rejects.toThrow("did not converge");
    expect(record.isLeftOver).toBe(true);
  });
});

describe("a record that was left over", () => {
  test("is found, by whoever comes next", () => {
    leaveRecord();

    expect(new RunRecord(workIn(engine)).isLeftOver).toBe(true);
  });

  test("leads to what is to be removed, and is gone then", async () => {
    leaveRecord({ process: await deadProcess() });

    expect(await record.clearUp()).toEqual([secret]);
    expect({ isRemoved: isRemoved(), isLeftOver: record.isLeftOver }).toEqual({ isRemoved: true, isLeftOver: false });
  });

  test("of before Terraform was started is cleared up at once", async () => {
    leaveRecord();

    expect(await record.clearUp()).toEqual([secret]);
  });

  test("of a Terraform that goes on by itself is cleared up when that ended", async () => {
    const terraform = spawn("sleep", ["60"]);
    leaveRecord({ process: terraform.pid });
    const clearing = record.clearUp();
    await sleep(5_000);
    const wasRemoved = isRemoved();
    terraform.kill();

    expect(await clearing).toEqual([secret]);
    expect(wasRemoved).toBe(false);
  });

  test("of a Terraform that goes on is left alone by who does not want to wait", async () => {
    leaveRecord({ process: process.pid });
    const controller = new AbortController();
    const clearing = record.clearUp(controller.signal);
    controller.abort();

    await expect(clearing).rejects.toThrow("aborted");
    expect({ isRemoved: isRemoved(), isLeftOver: record.isLeftOver }).toEqual({ isRemoved: false, isLeftOver: true });
  });

  test("of a program that does not end is given up, and what to do is said", async () => {
    leaveRecord({ process: process.pid });
    const now = jest.spyOn(performance, "now").mockReturnValueOnce(0).mockReturnValue(1e9);
    const clearing = record.clearUp();

    await expect(clearing).rejects.toThrow(`If it is another program, delete ${file} and run the same again.`);
    now.mockRestore();
  });

  test("of before the machine's last start names no process of today's", async () => {
    leaveRecord({ startedHere: Date.parse("2020-01-01T00:00:00Z"), process: process.pid });

    expect(await record.clearUp()).toEqual([secret]);
  });
});

test("where nothing was cut off nothing is cleared up", async () => {
  expect(await record.clearUp()).toEqual([]);
  expect(engine.told).toEqual([]);
});
