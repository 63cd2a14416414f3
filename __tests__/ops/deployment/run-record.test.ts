import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { RunRecord } from "../../../ops/deployment/run-record";
import { workIn } from "../../support/environment-work";
import { STATE_FOLDER } from "../../support/ops-folders";
import { type Swarm, swarm, swarmObject } from "../../support/swarm";

jest.mock("../../../ops/folders", () => jest.requireActual("../../support/ops-folders"));
jest.mock("node:timers/promises", () => jest.requireActual("../../support/short-pauses"));

const file = join(STATE_FOLDER, "local.run.json");
const later = () => new Date(Date.now() + 60_000);
const secret = "sprocket-local-secret";

let engine: Swarm;
let record: RunRecord;

const leaveRecord = (run: { started: string; process?: number }) => writeFileSync(file, JSON.stringify(run));
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
    await record.during(async () => {
      look();
      record.note(4711);
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
    const failing = record.during(() => Promise.reject(new Error("did not converge")));

    await expect(failing).rejects.toThrow("did not converge");
    expect({ isRemoved: isRemoved(), isThere: existsSync(file) }).toEqual({ isRemoved: true, isThere: false });
  });

  test("and Docker goes away with it, why it failed is said all the same, and the record stays", async () => {
    const failing = record.during(() => {
      engine.docker.listSecrets = () => Promise.reject(new Error("ECONNREFUSED"));
      return Promise.reject(new Error("did not converge"));
    });

    await expect(failing).rejects.toThrow("did not converge");
    expect(record.isLeftOver).toBe(true);
  });

  test("a Terraform of nothing that is done is not noted", () => {
    record.note(4711);

    expect(existsSync(file)).toBe(false);
  });
});

describe("a record that was left over", () => {
  test("is found, by whoever comes next", () => {
    leaveRecord({ started: new Date().toISOString() });

    expect(new RunRecord(workIn(engine)).isLeftOver).toBe(true);
  });

  test("leads to what is to be removed, and is gone then", async () => {
    leaveRecord({ started: new Date().toISOString(), process: await deadProcess() });

    expect(await record.clearUp()).toEqual([secret]);
    expect({ isRemoved: isRemoved(), isLeftOver: record.isLeftOver }).toEqual({ isRemoved: true, isLeftOver: false });
  });

  test("of before Terraform was started is cleared up at once", async () => {
    leaveRecord({ started: new Date().toISOString() });

    expect(await record.clearUp()).toEqual([secret]);
  });

  test("of a Terraform that goes on by itself is cleared up when that ended", async () => {
    const terraform = spawn("sleep", ["60"]);
    leaveRecord({ started: new Date().toISOString(), process: terraform.pid });
    const clearing = record.clearUp();
    await sleep(5_000);
    const wasRemoved = isRemoved();
    terraform.kill();

    expect(await clearing).toEqual([secret]);
    expect(wasRemoved).toBe(false);
  });

  test("of a Terraform that goes on is left alone by who does not want to wait", async () => {
    leaveRecord({ started: new Date().toISOString(), process: process.pid });
    const controller = new AbortController();
    const clearing = record.clearUp(controller.signal);
    controller.abort();

    await expect(clearing).rejects.toThrow("aborted");
    expect({ isRemoved: isRemoved(), isLeftOver: record.isLeftOver }).toEqual({ isRemoved: false, isLeftOver: true });
  });

  test("of before the machine's last start names no process of today's", async () => {
    leaveRecord({ started: "2020-01-01T00:00:00Z", process: process.pid });

    expect(await record.clearUp()).toEqual([secret]);
  });
});

test("where nothing was cut off nothing is cleared up", async () => {
  expect(await record.clearUp()).toEqual([]);
  expect(engine.told).toEqual([]);
});
