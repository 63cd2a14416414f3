import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Duration } from "../../../constructs/swarm/duration";
import { Memory } from "../../../constructs/swarm/memory";
import { SwarmService } from "../../../constructs/swarm/swarm-service";
import { SwarmTask, type SwarmTaskProps } from "../../../constructs/swarm/swarm-task";
import {
  addressesOf,
  failureOf,
  interpolated,
  minimalService,
  swarmStack,
  synthesise,
  testImage,
  testNetwork,
} from "../../support/testing";

const minimal: SwarmTaskProps = {
  image: testImage,
  networks: [testNetwork],
  work: "migrate",
  verify: "migrate --check",
  timeout: Duration.seconds(90),
};

function blockOf(props: Partial<SwarmTaskProps> = {}): any {
  const stack = swarmStack();
  new SwarmTask(stack, "migration", { ...minimal, ...props });
  return synthesise(stack).resource?.docker_service?.migration;
}

const scriptOf = (props: Partial<SwarmTaskProps> = {}): string => blockOf(props).task_spec.container_spec.args[0];

describe("a task", () => {
  test("by default works, proves, and idles at a tiny limit", () => {
    expect(blockOf()).toMatchObject({
      name: "sprocket-local-migration",
      mode: { replicated: { replicas: 1 } },
      task_spec: {
        container_spec: {
          image: testImage.reference,
          command: ["/bin/sh", "-ec"],
          args: [
            "trap 'kill \"$!\" 2>/dev/null || :; exit 143' TERM\n" +
              "(\nmigrate\n) &\nwait $!\n" +
              "(\nmigrate --check\n) &\nwait $!\n" +
              "touch /tmp/verified\n" +
              "while :; do sleep 3600 & wait $!; done\n",
          ],
          // The proof is gone with the container, so that the next one has to prove it again.
          mounts: [{ type: "tmpfs", target: "/tmp" }],
          healthcheck: {
            test: ["CMD-SHELL", "test -e /tmp/verified"],
            start_period: "1m30s",
            interval: "2s",
            timeout: "3s",
            retries: 3,
          },
        },
        resources: { limits: { nano_cpus: 100_000_000, memory_bytes: 67_108_864 } },
      },
      update_config: { monitor: "5s", order: "start-first", failure_action: "rollback" },
      converge_config: { timeout: "6m" },
      depends_on: [],
    });
  });

  test("has everything that is set", () => {
    const stack = swarmStack();
    const database = new SwarmService(stack, "database", minimalService);

    new SwarmTask(stack, "migration", {
      ...minimal,
      work: `echo ${interpolated("HOME")}`,
      afterwards: "exec serve",
      limits: { cpus: 1, memory: Memory.mebibytes(256) },
      environment: { LEVEL: "info" },
      files: [{ kind: "secret", id: "secret-id", name: "password-1", path: "/run/secrets/password" }],
      volumes: [{ name: "data", path: "/data" }],
      placementConstraints: ["node.role == manager"],
      after: [database],
    });

    expect(synthesise(stack).resource?.docker_service?.migration).toMatchObject({
      task_spec: {
        container_spec: {
          args: [expect.stringMatching(/\necho \$\$\{HOME\}\n(.|\n)*\nexec serve\n$/)],
          env: { LEVEL: "info" },
          secrets: [{ secret_name: "password-1", file_name: "/run/secrets/password" }],
          mounts: [{ source: "sprocket-local-migration-data" }, { target: "/tmp" }],
        },
        placement: { constraints: ["node.role == manager"] },
        resources: { limits: { nano_cpus: 1_000_000_000, memory_bytes: 268_435_456 } },
      },
      update_config: { order: "stop-first" },
      depends_on: ["docker_service.database"],
    });
  });

  test("is waited for by what comes after it", () => {
    const stack = swarmStack();
    const { service } = new SwarmTask(stack, "migration", minimal);
    new SwarmService(stack, "api", { ...minimalService, after: [service] });

    expect(synthesise(stack).resource?.docker_service?.api.depends_on).toEqual(["docker_service.migration"]);
  });

  test.each<[string, Partial<SwarmTaskProps>]>([
    ["the work", { work: "migrate --all" }],
    ["the proof", { verify: "migrate --check --all" }],
    ["what comes afterwards", { afterwards: "exec serve" }],
  ])("works again when %s changes: the script is in its specification", (_, change) => {
    expect(scriptOf(change)).not.toBe(scriptOf());
  });

  test("fails for an image without a shell, before it creates anything", () => {
    const stack = swarmStack();
    const create = () => new SwarmTask(stack, "migration", { ...minimal, image: { ...testImage, hasShell: false } });

    expect(failureOf(create)).toBe(
      `local-platform/migration: 1 fault\n  - image: ${testImage.reference} has no shell; ` +
        "use an image with /bin/sh and the tools that the work needs",
    );
    expect(addressesOf(synthesise(stack))).toEqual([]);
  });

  test("fails for a timeout written by hand", () => {
    const create = () =>
      new SwarmTask(swarmStack(), "migration", { ...minimal, timeout: "90s" as unknown as Duration });

    expect(failureOf(create).split("\n")).toEqual([
      "local-platform/migration: 1 fault",
      '  - timeout: got "90s"; write Duration.seconds(…), which renders what Docker echoes',
    ]);
  });
});

describe("its script, run by a shell", () => {
  const folder = mkdtempSync(join(tmpdir(), "task-"));
  const proof = join(folder, "verified");
  afterAll(() => rmSync(folder, { recursive: true }));

  function run(props: Pick<SwarmTaskProps, "work" | "verify">) {
    rmSync(proof, { force: true });
    const script = scriptOf({ ...props, afterwards: "echo afterwards" }).replaceAll("/tmp/verified", proof);
    const { status, stdout } = spawnSync("/bin/sh", ["-ec", script], { encoding: "utf8" });
    return { status, said: stdout.trim().split("\n"), proved: existsSync(proof) };
  }

  test.each([
    ["works, proves and goes on", "echo work", "echo proof", 0, ["work", "proof", "afterwards"], true],
    [
      "proves the result also when the work ends early",
      "echo work; exit 0",
      "echo proof",
      0,
      ["work", "proof", "afterwards"],
      true,
    ],
    ["fails with the work", "echo work; false; echo more", "echo proof", 1, ["work"], false],
    ["fails with the proof", "echo work", "echo proof; exit 7", 7, ["work", "proof"], false],
    ["leaves nothing from the work for the proof", "word=work", "echo proof$word", 0, ["proof", "afterwards"], true],
  ])("%s", (_, work, verify, status, said, proved) => {
    expect(run({ work, verify })).toEqual({ status, said, proved });
  });

  describe("and told to stop", () => {
    let shell: ChildProcess | undefined;
    // The whole group: what the script started outlives it where it is not a container's first process.
    afterEach(() => {
      try {
        process.kill(-(shell?.pid as number), "SIGKILL");
      } catch {
        // Nothing was left.
      }
    });

    /** Runs a script until a file is there, and then tells it to stop. */
    async function stopOnce(reached: string, props: Partial<SwarmTaskProps>) {
      rmSync(proof, { force: true });
      const script = scriptOf(props).replaceAll("/tmp/verified", proof);
      const started = spawn("/bin/sh", ["-ec", script], { detached: true, stdio: "ignore" });
      shell = started;
      const ended = new Promise((settle) => started.once("exit", (code, signal) => settle(code ?? signal)));
      while (!existsSync(reached) && started.exitCode === null) {
        await pause(10);
      }
      // The file is made a moment before what follows it has begun.
      await pause(200);
      const proved = existsSync(proof);
      const before = Date.now();
      started.kill("SIGTERM");
      return { code: await ended, proved, took: Date.now() - before };
    }

    test("ends within a second while it idles, with its proof made", async () => {
      const { code, proved, took } = await stopOnce(proof, { work: "true", verify: "true" });
      expect({ code, proved }).toEqual({ code: 143, proved: true });
      expect(took).toBeLessThan(1000);
    });

    test.each([
      ["works", (begun: string) => ({ work: `touch ${begun}; sleep 30`, verify: "true" })],
      ["proves", (begun: string) => ({ work: "true", verify: `touch ${begun}; sleep 30; true` })],
    ])("ends within two seconds while it %s, without a proof", async (part, propsOf) => {
      const begun = join(folder, `begun-${part}`);
      const { code, proved, took } = await stopOnce(begun, propsOf(begun));
      expect({ code, proved: proved || existsSync(proof) }).toEqual({ code: 143, proved: false });
      expect(took).toBeLessThan(2000);
    });
  });
});
