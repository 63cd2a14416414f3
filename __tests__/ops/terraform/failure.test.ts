import type { Diagnostic } from "../../../ops/terraform/event";
import { TerraformFailure } from "../../../ops/terraform/failure";

const problem = (problem: Partial<Diagnostic>): Diagnostic => ({
  severity: "error",
  summary: "Bad",
  detail: "",
  ...problem,
});

test("says which layer failed, and each problem with what it is about", () => {
  const { message } = new TerraformFailure("local-layer-1", [
    problem({ address: "docker_service.web", detail: "task: non-zero exit (1)\nsee its log" }),
    problem({ summary: "Worse" }),
  ]);

  expect(message).toBe(
    [
      "local-layer-1 failed. Terraform says:",
      "  docker_service.web: Bad: task: non-zero exit (1)",
      "  see its log",
      "  Worse",
    ].join("\n"),
  );
});

test("says once what Terraform says of many resources alike", () => {
  const { message, errors } = new TerraformFailure("local-secrets", [problem({}), problem({}), problem({})]);

  expect(message).toBe("local-secrets failed. Terraform says:\n  Bad");
  expect(errors).toHaveLength(3);
});

test.each([
  ["only of being stopped", [{ summary: "execution halted" }, { summary: "Get /tasks: context canceled" }], true],
  ["of something else too", [{ summary: "execution halted" }, { summary: "Failed to save state" }], false],
])("knows whether it speaks %s", (_, problems, isInterruption) => {
  expect(new TerraformFailure("local-platform", problems.map(problem)).isInterruption).toBe(isInterruption);
});
