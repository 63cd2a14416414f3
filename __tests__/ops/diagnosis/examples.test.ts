import { exampleFinding } from "../../../ops/diagnosis/examples";
import { cloudLike } from "../../support/cloud";
import { environmentNamed } from "../../support/testing";

test("what stands in a file until somebody deploys it is named, setting by setting", () => {
  expect(exampleFinding(environmentNamed("production"))).toEqual({
    subject: "configuration",
    state: "failed",
    message:
      "hosts.domain, certificates.email, cloud.alertEmail, cloud.ssh.sources, cloud.ssh.keys, cloud.ssh.ciKey: still an example; a machine made with example keys lets nobody in",
    remedy: "write your own in config/environments/production.ts",
  });
});

test("what somebody wrote is no example", () => {
  const key = `ssh-ed25519 ${"A".repeat(68)}`;
  const environment = {
    ...cloudLike({ alertEmail: "operations@sprocket.gg", ssh: { sources: ["5.6.7.8/32"], keys: { ann: key } } }),
    hosts: { kind: "domain" as const, domain: "sprocket.gg" },
    certificates: { kind: "acme" as const, authority: "staging" as const, email: "operations@sprocket.gg" },
  };

  expect(exampleFinding(environment)).toMatchObject({ state: "ok" });
});

test.each(["local", "lan"])("%s has nothing that could be one", (name) => {
  expect(exampleFinding(environmentNamed(name))).toMatchObject({ state: "ok" });
});
