import fc from "fast-check";
import { Duration } from "../../../constructs/swarm/duration";
import { healthCheckOf, settled } from "../../../constructs/swarm/health-check";
import { Rollout, type RolloutProps } from "../../../constructs/swarm/rollout";
import { testImage } from "../../support/testing";

const command = ["CMD", "true"];

const rollout = (props: Partial<RolloutProps> = {}) =>
  new Rollout({
    replicas: 1,
    stopFirst: false,
    healthCheck: settled({ command, startPeriod: Duration.seconds(30) }),
    stopGracePeriod: Duration.seconds(10),
    monitor: undefined,
    ...props,
  });

const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** The seconds of a duration as Docker writes it. */
const secondsOf = (text = "") =>
  [...text.matchAll(/([\d.]+)(ms|h|m|s)/g)].reduce(
    (sum, [, amount, unit = ""]) => sum + Number(amount) * (UNITS[unit] ?? 0),
    0,
  );

describe("a health check", () => {
  test("has every part settled", () => {
    expect(settled({ command, startPeriod: Duration.seconds(1) })).toEqual({
      command,
      startPeriod: Duration.seconds(1),
      interval: Duration.seconds(5),
      timeout: Duration.seconds(3),
      retries: 3,
    });
  });

  test("keeps what was set", () => {
    const everything = {
      command,
      startPeriod: Duration.seconds(1),
      interval: Duration.seconds(2),
      timeout: Duration.seconds(4),
      retries: 5,
    };

    expect(settled(everything)).toEqual(everything);
  });

  test("can be left out, or be what the image is known to answer", () => {
    expect(settled({ none: "it only writes" })).toBeUndefined();
    expect(healthCheckOf(testImage, Duration.seconds(7))).toEqual({
      command: testImage.healthCommand,
      startPeriod: Duration.seconds(7),
    });
  });

  test("is left out, with a reason, where the image has nothing that could ask", () => {
    const silent = { ...testImage, healthCommand: [] };

    expect(healthCheckOf(silent, Duration.seconds(7))).toEqual({ none: expect.stringMatching(/\S/) });
  });
});

describe("a rollout", () => {
  test("by default starts the next container first and rolls back when it fails", () => {
    const { updateConfig, rollbackConfig, convergeConfig } = rollout();
    const common = { parallelism: 1, delay: "0s", monitor: "35s", maxFailureRatio: "0.0", order: "start-first" };

    expect(updateConfig).toEqual({ ...common, failureAction: "rollback" });
    expect(rollbackConfig).toEqual({ ...common, failureAction: "pause" });
    expect(convergeConfig).toEqual({ delay: "8s", timeout: "5m18s" });
  });

  test("of what must not run twice stops the old container first, both ways", () => {
    const { updateConfig, rollbackConfig } = rollout({ stopFirst: true });

    expect([updateConfig.order, rollbackConfig.order]).toEqual(["stop-first", "stop-first"]);
  });

  test.each([0, 1, 2, "global"] as const)(
    "of %p replicas does not pause, which would look like its end",
    (replicas) => {
      expect(rollout({ replicas }).updateConfig.delay).toBe("0s");
    },
  );

  test("of one container per node is not waited for: the provider cannot", () => {
    expect(rollout({ replicas: "global" }).convergeConfig).toBeUndefined();
  });

  test("without a health check watches for the first requests only", () => {
    expect(rollout({ healthCheck: undefined }).updateConfig.monitor).toBe("5s");
  });

  test("watches as long as it is told", () => {
    expect(rollout({ monitor: Duration.seconds(90) }).updateConfig.monitor).toBe("1m30s");
  });

  const seconds = (most: number) => fc.integer({ min: 0, max: most }).map(Duration.seconds);
  const anyProps: fc.Arbitrary<RolloutProps> = fc.record({
    replicas: fc.integer({ min: 0, max: 20 }),
    stopFirst: fc.boolean(),
    healthCheck: fc.option(
      fc
        .record({ startPeriod: seconds(600), interval: seconds(60), timeout: seconds(60), retries: fc.nat(10) })
        .map((check) => ({ command, ...check })),
      { nil: undefined },
    ),
    stopGracePeriod: seconds(300),
    monitor: fc.option(seconds(600), { nil: undefined }),
  });

  test("is waited for until it and the rollback after it have ended, however long they take", () => {
    fc.assert(
      fc.property(anyProps, (props) => {
        const { updateConfig, convergeConfig } = new Rollout(props);
        const {
          startPeriod = Duration.zero,
          interval = Duration.zero,
          timeout = Duration.zero,
          retries = 0,
        } = props.healthCheck ?? {};
        const start = startPeriod.milliseconds + retries * (interval.milliseconds + timeout.milliseconds);
        const oneContainer = (start + props.stopGracePeriod.milliseconds) / 1000 + secondsOf(updateConfig.delay);
        const oneWay = Number(props.replicas) * oneContainer + secondsOf(updateConfig.monitor);

        expect(secondsOf(convergeConfig?.timeout)).toBeGreaterThan(2 * oneWay);
      }),
    );
  });

  test("watches longer than a start may take, unless it is told", () => {
    fc.assert(
      fc.property(anyProps, (props) => {
        const { updateConfig } = new Rollout({ ...props, monitor: undefined });

        expect(secondsOf(updateConfig.monitor)).toBeGreaterThan(
          (props.healthCheck?.startPeriod.milliseconds ?? 0) / 1000,
        );
      }),
    );
  });
});
