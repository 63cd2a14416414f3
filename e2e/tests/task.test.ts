import { measured } from "../support/report";
import { namesOf } from "../support/swarm";
import { Terraform } from "../support/terraform";

const layer2 = new Terraform("e2e-layer-2");

describe("a task whose result is wrong", () => {
  afterAll(async () => {
    await layer2.destroy();
  });

  test("fails the apply, and what waits for it does not start", async () => {
    await layer2.init();
    const { exitCode, output, seconds } = await layer2.apply();

    expect(exitCode).not.toBe(0);
    expect(output).toContain("did not converge");
    expect(await namesOf("services")).not.toContain("sprocket-e2e-dependant");
    measured("apply of a failing task, until it failed", `${seconds.toFixed(1)} s`);
  });
});
