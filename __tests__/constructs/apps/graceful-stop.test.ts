import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { DRAIN, gracefully } from "../../../constructs/apps/graceful-stop";
import { Duration } from "../../../constructs/swarm/duration";

const SHORT = Duration.milliseconds(600);

/** Starts a program as Swarm would. */
function start(program: readonly string[], drain = SHORT) {
  const { command, args } = gracefully(program, drain);
  const [shell = "", ...options] = [...command, ...args];
  const child = spawn(shell, options, { stdio: ["ignore", "pipe", "ignore"] });
  const began = performance.now();
  const said = text(child.stdout.setEncoding("utf8"));
  const ended = once(child, "exit").then(([status, signal]) => ({ end: status ?? signal, at: performance.now() }));
  return {
    /** The first that it says. */
    ready: once(child.stdout, "data").then(([line]) => String(line).trim()),
    stop: () => child.kill("SIGTERM"),
    said,
    ended,
    began,
  };
}

const shell = (script: string) => ["/bin/sh", "-c", script];
const SERVER = `
  const server = require("node:http").createServer((_, response) => response.end("served"));
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
  process.on("SIGTERM", () => { console.log("told"); process.exit(0); });
`;

test("a program gets its arguments as they are, and its status is the container's", async () => {
  const { said, ended } = start(["printf", "[%s]", "a b", "", "$HOME", "*", '"'], DRAIN);

  expect(await said).toBe('[a b][][$HOME][*]["]');
  expect(await ended).toMatchObject({ end: 0 });
});

test.each([
  ["crashes", "exit 7", 7],
  ["is killed", "kill -KILL $$", 137],
])("a program that %s ends the container at once, in the same way", async (_, script, status) => {
  const { ended, began } = start(shell(script), DRAIN);

  const { end, at } = await ended;

  expect(end).toBe(status);
  expect(at - began).toBeLessThan(DRAIN.milliseconds / 2);
});

test("a program goes on serving while it drains, however often the container is told to end, and is then told itself", async () => {
  const { ready, stop, said, ended } = start([process.execPath, "-e", SERVER]);
  const port = await ready;
  const told = performance.now();
  stop();
  await pause(SHORT.milliseconds / 3);
  stop();

  const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: "close" } });

  expect(await response.text()).toBe("served");
  const { end, at } = await ended;
  expect(end).toBe(0);
  expect(at - told).toBeGreaterThanOrEqual(SHORT.milliseconds);
  expect(await said).toBe(`${port}\ntold\n`);
});

test("a program is told also where the container is told as soon as it runs", async () => {
  const containers = Array.from({ length: 20 }, () =>
    start(shell('trap "exit 3" TERM; echo ready; while :; do sleep 0.05; done'), Duration.zero),
  );
  const ends = containers.map(async ({ ready, stop, ended }) => {
    await ready;
    stop();
    return (await ended).end;
  });

  expect(new Set(await Promise.all(ends))).toEqual(new Set([3]));
});

test("a program that takes its time to end is waited for", async () => {
  const { ready, stop, said, ended } = start(
    shell('trap "sleep 0.5; echo finished; exit 3" TERM; echo ready; while :; do sleep 0.05; done'),
    Duration.zero,
  );
  await ready;
  stop();

  expect(await ended).toMatchObject({ end: 3 });
  expect(await said).toBe("ready\nfinished\n");
});

test("a program that ends while it drains keeps its status, and leaves nothing to wait for", async () => {
  const { ready, stop, ended } = start(shell("echo ready; sleep 0.2; exit 3"));
  await ready;
  const told = performance.now();
  stop();

  const { end, at } = await ended;

  expect(end).toBe(3);
  expect(at - told).toBeLessThan(5 * SHORT.milliseconds);
});
