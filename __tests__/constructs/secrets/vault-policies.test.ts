import {
  ADMINISTRATOR_POLICY,
  applicationPolicy,
  DEPLOYER_POLICY,
  DEVELOPER_POLICY,
  MAINTAINER_POLICY,
  OPERATOR_POLICY,
  type VaultPolicy,
} from "../../../constructs/secrets/vault-policies";
import { capabilitiesAt } from "../../support/vault";

const MANAGE = ["create", "read", "update", "delete", "list"];
const OWN = applicationPolicy(["influxdb/grafana-token"]);

const policies: Readonly<Record<string, VaultPolicy>> = {
  administrator: ADMINISTRATOR_POLICY,
  deployer: DEPLOYER_POLICY,
  maintainer: MAINTAINER_POLICY,
  operator: OPERATOR_POLICY,
  developer: DEVELOPER_POLICY,
  application: OWN,
};

describe.each(Object.entries(policies))("the policy of the %s", (_, policy) => {
  test.each(["sys/seal", "sys/rekey/init", "sys/raw/core", "sys/generate-root/attempt", "sys/storage/raft/snapshot"])(
    "does not reach %s",
    (path) => {
      expect(capabilitiesAt(policy, path)).toEqual([]);
    },
  );
});

describe.each([
  ["administrator", ADMINISTRATOR_POLICY],
  ["deployer", DEPLOYER_POLICY],
])("the %s", (_, policy) => {
  test.each([
    "sys/mounts/kept",
    "sys/policies/acl/somebody",
    "auth/userpass/users/somebody",
    "auth/github/map/teams/operations",
    "secret/data/core/jwt-key",
    "secret/metadata/core/jwt-key",
  ])("manages %s", (path) => {
    expect(capabilitiesAt(policy, path)).toEqual(MANAGE);
  });

  test.each(["sys/auth/github", "sys/audit/log"])("manages %s, which Vault protects", (path) => {
    expect(capabilitiesAt(policy, path)).toEqual([...MANAGE, "sudo"]);
  });

  test.each(["sys/mounts", "sys/auth", "sys/audit", "sys/policies/acl"])("sees what there is in %s", (path) => {
    expect(capabilitiesAt(policy, path)).toEqual(expect.arrayContaining(["read", "list"]));
    expect(capabilitiesAt(policy, path)).not.toContain("update");
  });
});

test.each([
  "auth/userpass/users/maintainer",
  "auth/userpass/users/maintainer/password",
  "auth/userpass/users/deployer",
  "auth/userpass/users/deployer/policies",
  "sys/policies/acl/maintainer",
  "sys/policies/acl/deployer",
])("the deployer is denied %s, which is the bootstrap's own", (path) => {
  expect(capabilitiesAt(DEPLOYER_POLICY, path)).toEqual(["deny"]);
});

test("the maintainer can do nothing but keep the deployer, and itself, as declared", () => {
  expect(MAINTAINER_POLICY.path).toEqual({
    "sys/policies/acl/maintainer": { capabilities: ["create", "update"] },
    "sys/policies/acl/deployer": { capabilities: ["create", "update"] },
    "auth/userpass/users/deployer": { capabilities: ["create", "update"] },
  });
});

test.each<[string, readonly string[]]>([
  ["secret/data/core/jwt-key", ["create", "read", "update", "delete"]],
  ["secret/metadata/core/jwt-key", ["read", "list"]],
  ["secret/undelete/core/jwt-key", ["create", "update"]],
  ["secret/destroy/core/jwt-key", []],
  ["sys/mounts/secret", ["read"]],
  ["sys/mounts/other", []],
  ["sys/policies/acl/operator", []],
  ["sys/audit/log", []],
  ["auth/github/map/teams/operations", []],
  ["auth/token/create", ["create", "update"]],
  ["auth/token/create-orphan", []],
])("the operator may at %s: %j", (path, capabilities) => {
  expect(capabilitiesAt(OPERATOR_POLICY, path)).toEqual(capabilities);
});

test.each<[string, readonly string[]]>([
  ["secret/metadata/", ["read", "list"]],
  ["secret/metadata/core/jwt-key", ["read", "list"]],
  ["secret/data/core/jwt-key", []],
  ["auth/token/create", []],
  ["sys/mounts", []],
])("the developer may at %s: %j", (path, capabilities) => {
  expect(capabilitiesAt(DEVELOPER_POLICY, path)).toEqual(capabilities);
});

test.each<[string, readonly string[]]>([
  ["secret/data/influxdb/grafana-token", ["create", "read", "update"]],
  ["secret/data/influxdb/grafana-token/below", []],
  ["secret/data/influxdb/grafana-token-2", []],
  ["secret/data/influxdb/telegraf-token", []],
  ["secret/metadata/influxdb/grafana-token", []],
  ["auth/token/create", []],
])("a program that keeps one secret may at %s: %j", (path, capabilities) => {
  expect(capabilitiesAt(OWN, path)).toEqual(capabilities);
});

test("a program that keeps nothing may do nothing", () => {
  expect(applicationPolicy([])).toEqual({ path: {} });
});
