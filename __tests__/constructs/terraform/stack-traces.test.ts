import { withoutStackTraces } from "../../../constructs/terraform/stack-traces";

test("nothing is written out meanwhile, and everything afterwards", () => {
  let inside: string | undefined = "not asked";
  withoutStackTraces(() => {
    inside = new Error("inside").stack;
  });

  expect(inside).toBe("");
  expect(new Error("outside").stack).toContain("stack-traces.test");
});

test("fails with the error's own stack trace", () => {
  const failing = () =>
    withoutStackTraces(() => {
      throw new Error("broken");
    });

  let stack: string | undefined;
  try {
    failing();
  } catch (error) {
    ({ stack } = error as Error);
  }

  expect(stack).toContain("broken");
  expect(stack).toContain("stack-traces.test");
});
