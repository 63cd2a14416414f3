import Docker from "dockerode";
import { followedLines, lastLines, logLines } from "../../../ops/swarm/logs";
import { type DockerEngine, dockerEngine, type EngineAnswer, engineFrame, logFrame } from "../../support/docker-engine";

const PATH = "/services/web/logs";
const engines: DockerEngine[] = [];

/** Docker, with this log of the service `web`. */
async function docker(log: EngineAnswer) {
  const engine = await dockerEngine({ [PATH]: log });
  engines.push(engine);
  return { engine, docker: new Docker({ host: "127.0.0.1", port: engine.port }) };
}

const texts = (lines: readonly { text: string }[]) => lines.map(({ text }) => text);

afterEach(() => {
  for (const engine of engines.splice(0)) {
    engine.close();
  }
});

test("lines of several containers are in the order of time, and say whose they are", async () => {
  const { docker: client } = await docker(
    Buffer.concat([logFrame("t1", 1, "one"), logFrame("t1", 3, "three", 2), logFrame("t2", 2, "two: a b, ü")]),
  );

  expect(await logLines(client, "web", { tail: 100 })).toEqual([
    { time: "2026-01-01T12:00:01.000000000Z", task: "t1", text: "one" },
    { time: "2026-01-01T12:00:02.000000000Z", task: "t2", text: "two: a b, ü" },
    { time: "2026-01-01T12:00:03.000000000Z", task: "t1", text: "three" },
  ]);
});

test("of several containers together there are no more lines than asked for", async () => {
  const { docker: client } = await docker(
    Buffer.concat([logFrame("t1", 1, "old"), logFrame("t1", 2, "newer"), logFrame("t2", 3, "newest")]),
  );

  expect(texts(await logLines(client, "web", { tail: 2 }))).toEqual(["newer", "newest"]);
  expect(texts(await logLines(client, "web", { tail: 0 }))).toEqual([]);
});

test("Docker is asked for the lines in its own terms", async () => {
  const { docker: client, engine } = await docker(Buffer.alloc(0));
  const since = new Date("2026-01-01T12:00:00.900Z");

  expect(await logLines(client, "web", { tail: 7, since })).toEqual([]);
  expect(Object.fromEntries(engine.asked.get(PATH) ?? [])).toEqual({
    stdout: "true",
    stderr: "true",
    timestamps: "true",
    details: "true",
    follow: "false",
    tail: "7",
    since: String(Math.floor(since.getTime() / 1000)),
  });
});

test("what Docker itself says comes after the lines, and is of no container", async () => {
  const { docker: client } = await docker(
    Buffer.concat([engineFrame("Error grabbing logs: incomplete log stream"), logFrame("t1", 1, "one")]),
  );

  expect(await logLines(client, "web", { tail: 100 })).toEqual([
    expect.objectContaining({ task: "t1", text: "one" }),
    expect.objectContaining({ task: undefined, text: "Error grabbing logs: incomplete log stream" }),
  ]);
});

test("many lines at once, and empty ones, are read", async () => {
  const many = Array.from({ length: 20_000 }, (_, index) => logFrame("t1", 1, index % 2 === 0 ? "" : `line ${index}`));
  const { docker: client } = await docker(Buffer.concat(many));
  const lines = await logLines(client, "web", { tail: 20_000 });

  expect(lines).toHaveLength(20_000);
  expect(texts(lines.slice(-2))).toEqual(["", "line 19999"]);
});

test("followed lines come as they are written, wherever the network cuts them, until the signal", async () => {
  const log = Buffer.concat([logFrame("t1", 1, "one"), logFrame("t2", 2, "two")]);
  const { docker: client } = await docker((response) => {
    response.write(log.subarray(0, 5));
    setTimeout(() => response.write(log.subarray(5, log.length - 3)), 20);
    setTimeout(() => response.write(log.subarray(log.length - 3)), 40);
  });
  const controller = new AbortController();
  const found: string[] = [];
  for await (const { text } of followedLines(client, "web", { tail: 1, signal: controller.signal })) {
    found.push(text);
    if (found.length === 2) {
      controller.abort();
    }
  }

  expect(found).toEqual(["one", "two"]);
});

test("a service that Docker does not know is an error", async () => {
  const { docker: client } = await docker(Buffer.alloc(0));

  await expect(logLines(client, "other", { tail: 1 })).rejects.toThrow("no such service");
  await expect(followedLines(client, "other", { tail: 1 }).next()).rejects.toThrow("no such service");
});

describe("the last lines of what failed", () => {
  test("are what it wrote, the newest last", async () => {
    const { docker: client } = await docker(
      Buffer.concat([
        logFrame("t2", 3, "failed: b"),
        logFrame("t1", 1, "starts"),
        logFrame("t1", 2, "failed: a"),
        engineFrame("Error grabbing logs"),
      ]),
    );

    expect(await lastLines(client, "web", 2)).toEqual(["failed: a", "failed: b"]);
  });

  test("are none where there is no such service, and where Docker is away", async () => {
    const { docker: client, engine } = await docker(Buffer.alloc(0));

    expect(await lastLines(client, "web", 10)).toEqual([]);
    expect(await lastLines(client, "other", 10)).toEqual([]);
    engine.close();
    expect(await lastLines(client, "web", 10)).toEqual([]);
  });

  test.each<[string, (response: { write(chunk: Buffer): void }) => void]>([
    ["answers nothing", () => {}],
    ["stops in the middle", (response) => response.write(logFrame("t1", 1, "one"))],
  ])("are none where Docker %s", async (_, log) => {
    const { docker: client } = await docker(log as EngineAnswer);
    const { timeout } = AbortSignal;
    const limit = jest.spyOn(AbortSignal, "timeout").mockImplementation((milliseconds) => timeout(milliseconds / 50));

    expect(await lastLines(client, "web", 10)).toEqual([]);
    expect(limit.mock.calls).toEqual([[5_000]]);
    limit.mockRestore();
  });
});
