import { diagnosticOf, eventOf } from "../../../ops/terraform/event";

test("a line of Terraform's own is read", () => {
  const line =
    '{"@level":"info","type":"apply_start","hook":{"resource":{"addr":"docker_service.web"},"action":"create"}}';

  expect(eventOf(line)).toMatchObject({
    type: "apply_start",
    hook: { resource: { addr: "docker_service.web" }, action: "create" },
  });
});

test.each([
  ["what a provider cries", "panic: runtime error"],
  ["an empty line", ""],
  ["a line that was cut off", '{"type":"apply_st'],
  ["null", "null"],
  ["a number", "7"],
  ["a text", '"type"'],
  ["JSON of another program", '{"level":"error"}'],
  ["a type that is no text", '{"type":1}'],
])("%s is not taken for a line of Terraform's own", (_, line) => {
  expect(eventOf(line)).toBeUndefined();
});

test("a problem has a detail, though Terraform may leave it out", () => {
  const event = eventOf('{"type":"diagnostic","diagnostic":{"severity":"error","summary":"Bad"}}');

  expect(event && diagnosticOf(event)).toEqual({ severity: "error", summary: "Bad", detail: "" });
});

test("a line that tells of no problem has none", () => {
  expect(diagnosticOf({ type: "version" })).toBeUndefined();
});
