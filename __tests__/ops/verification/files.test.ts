import type { ObservedService } from "../../../ops/swarm/observation";
import { fileFindings } from "../../../ops/verification/files";

const file = (name: string, hour: number) => ({ name, created: new Date(`2026-01-01T0${hour}:00:00Z`) });

const service = (...files: string[]): ObservedService => ({
  name: "sprocket-test-web",
  image: "web",
  wanted: 1,
  update: undefined,
  publishedPorts: [],
  files,
  tasks: [],
});

test("what services mount, and the newest of each, is as it should be", () => {
  const files = [file("sprocket-test-web-password-v2-0a1b2c", 1), file("sprocket-test-web-settings-0123456789ab", 2)];

  expect(fileFindings([service(...files.map(({ name }) => name))], files)).toEqual([]);
});

test("what nobody mounts is found", () => {
  expect(fileFindings([service()], [file("sprocket-test-web-password-v1-0a1b2c", 1)])).toEqual([
    {
      subject: "sprocket-test-web-password-v1-0a1b2c",
      state: "failed",
      message: "nobody mounts it; deploy its layer again",
    },
  ]);
});

test.each([
  ["sprocket-test-web-password-v1-0a1b2c", "sprocket-test-web-password-v2-0d1e2f"],
  ["sprocket-test-web-settings-0123456789ab", "sprocket-test-web-settings-ba9876543210"],
])("a service that mounts %s where there is %s is found", (old, current) => {
  const findings = fileFindings(
    [service(old), { ...service(current), name: "other" }],
    [file(old, 1), file(current, 2)],
  );

  expect(findings).toEqual([
    {
      subject: "sprocket-test-web",
      state: "failed",
      message: `mounts ${old}, and there is ${current}; deploy its layer again`,
    },
  ]);
});

test("another file of a similar name is no newer version", () => {
  const files = [file("sprocket-test-web-key-v1-0a1b2c", 1), file("sprocket-test-web-key-id-v1-0a1b2c", 2)];

  expect(fileFindings([service(...files.map(({ name }) => name))], files)).toEqual([]);
});
