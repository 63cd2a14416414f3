import { CommandLine } from "../../../ops/terraform/command-line";

const line = (text: string) => new CommandLine(text.split(" "));

test.each([
  ["state list", "state"],
  ["-no-color output", "state"],
  ["show plan", "state"],
  ["init -reconfigure", "state"],
  ["plan", "everything"],
  ["apply -auto-approve", "everything"],
  ["import docker_service.api abc", "everything"],
  ["something-new", "everything"],
  ["version", "nothing"],
  ["plan -help", "nothing"],
  ["-version", "nothing"],
])("%s needs %s", (text, need) => {
  expect(line(text).need).toBe(need);
});

test("Terraform is started before what needs a state, but not before its own start", () => {
  expect(["state list", "plan", "init", "fmt"].filter((text) => line(text).needsInit)).toEqual(["state list", "plan"]);
});

test("what changes the state locks it, and so does what looks at everything", () => {
  const locking = ["plan", "apply", "state rm a.b", "state mv a.b a.c", "untaint a.b"];
  const reading = ["state list", "state show a.b", "output", "show", "state pull", "version", "plan -help"];

  expect([...locking, ...reading].filter((text) => line(text).takesLock)).toEqual(locking);
  expect(locking.filter((text) => !line(text).writesState)).toEqual(["plan"]);
});

test("what makes, copies or deletes a whole state writes one", () => {
  const writing = [
    "init -migrate-state",
    "init -force-copy",
    "workspace new trial",
    "workspace select -or-create trial",
    "workspace delete trial",
  ];
  const others = ["init", "init -reconfigure", "workspace list", "workspace select trial", "output -force-copy"];

  expect([...writing, ...others].filter((text) => line(text).writesState)).toEqual(writing);
});

test("options are found with one hyphen and two, with a value and without, and are no words", () => {
  const { words } = line("state show -state=other --json docker_service.api");

  expect(words).toEqual(["state", "show", "docker_service.api"]);
  expect(["-json", "--json", "-json=true"].filter((text) => line(text).has("json"))).toHaveLength(3);
  expect(line("show json -json-x").has("json")).toBe(false);
});
