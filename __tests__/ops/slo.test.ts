import { frame, swarmService } from "../support/docker-engine";
import type { Question } from "../support/http-server";
import { ops } from "../support/ops-command";
import { type Exceptions, swarm, wellEngine } from "../support/swarm";

const NOW = "2026-11-22T12:00:00.500Z";
const SERVICE = "sprocket-local-prometheus";
const WHOLE_OCTOBER = 31 * 24 * 240;

/** What promtool prints of these figures. */
const printed = (figures: Readonly<Record<string, number>>) =>
  JSON.stringify(
    Object.entries(figures).map(([figure, value]) => ({ metric: { figure }, value: [1_000, String(value)] })),
  );
const figures = (probes: number, requests: number, latency: number, recordings: number) =>
  printed({
    "probes bad share": probes,
    "probes recordings": recordings,
    "requests bad share": requests,
    "requests recordings": recordings,
    "latency bad share": latency,
    "latency recordings": recordings,
  });

/** An engine with Prometheus, in whose container promtool writes this and ends so. */
function engine(stdout: string, stderr = "", exitCode = 0, containers: readonly object[] = [{ Id: "p" }]) {
  const exceptions: Exceptions = {
    "GET /info": () => ({ status: 200, body: { ...wellEngine(), SystemTime: NOW } }),
    "POST /containers/p/exec": () => ({ status: 201, body: { Id: "e" } }),
    "POST /exec/e/start": () => ({ status: 200, body: Buffer.concat([frame(2, stderr), frame(1, stdout)]) }),
    "GET /exec/e/json": () => ({ status: 200, body: { ExitCode: exitCode } }),
  };
  return swarm({ services: [swarmService(SERVICE)], containers }, exceptions);
}

/** Runs the command with an engine in place of Docker's. */
async function slo(docker: Awaited<ReturnType<typeof engine>>, ...args: readonly string[]) {
  const outcome = await ops(["slo", ...args], { DOCKER_HOST: docker.address });
  docker.close();
  return outcome;
}

const commandOf = (told: readonly Question[]): readonly string[] =>
  JSON.parse(told.find(({ what }) => what === "POST /containers/p/exec")?.body ?? "{}").Cmd;

test("a month that is over is asked for at its end, as long as it was, and judged", async () => {
  const docker = await engine(figures(0.0001, 0.0002, 0.01, WHOLE_OCTOBER));
  const { status, stdout, stderr } = await slo(docker, "local", "--month", "2026-10");
  const [program, ...rest] = commandOf(docker.told);
  const query = rest.at(-1) ?? "";

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^local in 2026-10:\n/);
  expect(stdout).toMatch(/Probes that succeed +99\.9 % +99\.99 % +744 of 744 h +met/);
  expect(stdout).toMatch(/44\.6 minutes may fail\. 8\.9 are spent \(20 %\), 35\.7 are left\.\n$/);
  expect(program).toBe("promtool");
  expect(rest).toEqual([
    "query",
    "instant",
    "--format=json",
    `--time=${Date.parse("2026-11-01T00:00:00Z") / 1000}`,
    "http://127.0.0.1:9090",
    query,
  ]);
  expect(query).toContain(
    'label_replace(avg_over_time(sprocket:probes_failed:ratio5m[2678400s]), "figure", "probes bad share", "", "")',
  );
  expect(query).toContain('"probes recordings", "", "")');
  expect(query).toContain("count_over_time(sprocket:requests_slow:ratio5m[2678400s])");
  expect(query).toMatch(
    /sum\(rate\(traefik_service_requests_total\{service=~"[^"]*sprocket-local-api@swarm[^"]*",code=~"5\.\."\}\[2678400s\]\)\)/,
  );
  expect(query).not.toContain("sprocket-local-prometheus@swarm");
});

test("without a month it is the current one so far by the engine's clock, and one that is not met ends with 1", async () => {
  const docker = await engine(figures(0.5, 0, 0, 240));
  const { status, stdout, stderr } = await slo(docker, "local", "--json");

  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(JSON.parse(stdout)).toEqual({
    environment: "local",
    month: "2026-11",
    from: "2026-11-01T00:00:00.000Z",
    until: NOW,
    over: false,
    seconds: 21.5 * 86_400,
    objectives: [
      {
        indicator: "probes",
        target: 0.999,
        measured: 0.5,
        measuredSeconds: 3_600,
        unmeasuredSeconds: 21.5 * 86_400 - 3_600,
        met: false,
      },
      expect.objectContaining({ indicator: "requests", target: 0.999, measured: 1, met: true }),
      expect.objectContaining({ indicator: "latency", target: 0.95, measured: 1, met: true }),
    ],
    errorBudget: { minutes: 43.2, spentMinutes: 30 },
    met: false,
  });
  expect(commandOf(docker.told)).toContain(`--time=${Math.floor(Date.parse(NOW) / 1000)}`);
});

test.each<[string, readonly string[], string]>([
  ["no longer", ["--month", "2026-01"], "Prometheus has no measurement of local in 2026-01. It measures while"],
  ["not yet", [], "Prometheus has no measurement of local in 2026-11 yet. It measures while"],
])("a month that Prometheus has %s is said to be that, and ends with 1", async (_, args, text) => {
  const { status, stdout, stderr } = await slo(await engine("[]\n"), "local", ...args);

  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(stdout).toContain(text);
});

test.each<[string, readonly string[], string]>([
  ["an environment that is not there", ["moon"], "Write one of production, staging, lan, local."],
  ["a month that is none", ["local", "--month", "2026-13"], "Write a year and a month, such as 2026-10."],
  [
    "a month that has not begun",
    ["local", "--month", "2026-12"],
    "ops slo: 1 fault\n  - --month: 2026-12 has not begun; write 2026-11 or an earlier one\n",
  ],
])("%s is an error that says what would be right", async (_, args, message) => {
  const { status, stdout, stderr } = await slo(await engine("[]"), ...args);

  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain(message);
});

const LOGS = "look at npm run ops -- logs local prometheus\n";

test.each<[string, Parameters<typeof engine>, string]>([
  [
    "does not answer",
    ["", "query error: connection refused\n", 1],
    `cannot be asked: promtool ended with 1: query error: connection refused; ${LOGS}`,
  ],
  [
    "has no promtool",
    ["OCI runtime exec failed\n", "", 126],
    `cannot be asked: promtool ended with 126: OCI runtime exec failed; ${LOGS}`,
  ],
  ["answers something else", ["no JSON\n"], `cannot be asked: promtool printed no list of results: no JSON; ${LOGS}`],
  [
    "does not run here",
    ["", "", 0, []],
    "has no running container on the machine whose Docker answers; see npm run ops -- status local, or name",
  ],
])("a Prometheus that %s is an error that says what to do", async (_, answer, message) => {
  const { status, stdout, stderr } = await slo(await engine(...answer), "local");

  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain(`ops slo: 1 fault\n  - ${SERVICE}: ${message}`);
});

test("where nothing runs it says so, and how to start it", async () => {
  const { status, stderr } = await slo(await swarm(), "lan");

  expect(status).toBe(1);
  expect(stderr).toBe(
    "ops slo: 1 fault\n  - lan: Nothing of lan is in the Swarm. To start it: npm run ops -- up lan\n",
  );
});
