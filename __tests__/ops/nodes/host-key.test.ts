import { fingerprintOf, readHostKeys, writtenHostKeys } from "../../../ops/nodes/host-key";

const KEY = "AAAAC3NzaC1lZDI1NTE5AAAAIH0xCl51psvE8vE1X6LEQedokJ+WuT0ko3Kha7jzrRtC";

test("a fingerprint is what ssh-keygen -l shows", () => {
  expect(fingerprintOf(KEY)).toBe("SHA256:BXQ4A1WKZsoZsN1KgQkVbm34PN5vIUhwE4OTnTHq+oM");
});

test("keys are read as they are written", () => {
  const keys = [{ addresses: ["203.0.113.1", "203.0.113.10"], key: KEY, name: "sprocket-staging-manager-1" }];

  expect(writtenHostKeys(keys)).toBe(`203.0.113.1,203.0.113.10 ssh-ed25519 ${KEY} sprocket-staging-manager-1\n`);
  expect(readHostKeys(writtenHostKeys(keys))).toEqual(keys);
});

test("comments and keys of other kinds are passed over", () => {
  expect(readHostKeys(`# 203.0.113.1:22 SSH-2.0\n203.0.113.1 ssh-rsa AAAA\n203.0.113.1 ssh-ed25519 ${KEY}\n`)).toEqual([
    { addresses: ["203.0.113.1"], key: KEY, name: "" },
  ]);
});
