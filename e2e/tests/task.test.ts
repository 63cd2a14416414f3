import { measured } from "../support/report";
import { namesOf } from "../support/swarm";
import { Terraform } from "../support/terraform";

const task = new Terraform("e2e-task-layer-2");

describe("a task whose result is wrong", () => {
  afterAll(async () => {
    await task.destroy();
  });

  test("fails the apply, and what waits for it does not start", async () => {
    await task.init();
    const { exitCode, output, seconds } = await task.apply();

    expect(exitCode).not.toBe(0);
    expect(output).toContain("did not converge");
    expect(await namesOf("services")).not.toContain("sprocket-task-e2e-dependant");
    measured("apply of a failing task, until it failed", `${seconds.toFixed(1)} s`);
  });
});
