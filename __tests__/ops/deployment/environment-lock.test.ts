import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { lockEnvironment } from "../../../ops/deployment/environment-lock";
import { stateFile } from "../../support/ops-folders";

jest.mock("../../../ops/folders", () => jest.requireActual("../../support/ops-folders"));

const lock = stateFile("local.lock");

/** Leaves a lock as a process that was killed so long ago does. */
async function leftOver(secondsAgo: number): Promise<void> {
  const child = spawn("true");
  await once(child, "exit");
  const renewed = Date.now() / 1000 - secondsAgo;
  mkdirSync(lock);
  utimesSync(lock, renewed, renewed);
  writeFileSync(stateFile("local.holder.json"), JSON.stringify({ process: child.pid, inWords: "up of somebody," }));
}

afterEach(() => rmSync(lock, { recursive: true, force: true }));

test("who comes second is refused, and told who works on the environment since when", async () => {
  const unlock = await lockEnvironment("local", "up");
  const second = lockEnvironment("local", "down");
  const who = `${userInfo().username}@${hostname()}, process ${process.pid}`;

  await expect(second).rejects.toThrow(`  - local: up of ${who}, since 20`);
  await expect(second).rejects.toThrow(/Z, works on it; wait until that ended$/);
  await unlock();
});

test("an environment is not locked with another one", async () => {
  mkdirSync(stateFile("lan.lock"));
  const unlock = await lockEnvironment("local", "up");

  await expect(lockEnvironment("local", "down")).rejects.toThrow("local: up of ");
  await unlock();
});

test("who gave it back lets the next one in, who is told of then", async () => {
  const unlock = await lockEnvironment("local", "up");
  await unlock();
  const next = await lockEnvironment("local", "down");

  await expect(lockEnvironment("local", "up")).rejects.toThrow("local: down of ");
  await next();
});

test.each([
  ["at once where that was long ago", 6, 500],
  ["after a while where that was just now", 4.2, 4_000],
])("the lock of a process that was killed is taken %s", async (_, secondsAgo, longestMilliseconds) => {
  await leftOver(secondsAgo);
  const started = performance.now();
  const unlock = await lockEnvironment("local", "up");

  expect(performance.now() - started).toBeLessThan(longestMilliseconds);
  await expect(lockEnvironment("local", "down")).rejects.toThrow(`process ${process.pid}`);
  await unlock();
});

test("a lock that somebody took away meanwhile is no failure of what was done", async () => {
  const unlock = await lockEnvironment("local", "up");
  rmSync(lock, { recursive: true });
  // It is renewed in half its time, which is when the loss is noticed.
  await sleep(3_000);

  await expect(unlock()).resolves.toBeUndefined();
});
