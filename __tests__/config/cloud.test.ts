import { checkEnvironments } from "../../config/environments";
import { staging } from "../../config/environments/staging";
import type { EnvironmentInput } from "../../config/schema";
import { failureOf } from "../support/testing";

type CloudInput = NonNullable<EnvironmentInput["cloud"]>;

const cloud = staging.cloud as CloudInput;
const { keys, ciKey, sources } = cloud.ssh;
const key = keys.operations as string;
const RANGE = "write a private range of addresses such as 10.60.0.0/20";
const SOURCE = "write a range of at most 65,536 addresses that begins with its first one, such as 203.0.113.7/32";
const ONCE = "write a key once: DigitalOcean takes it once, and who has it is one person, or CI";

test.each<[what: string, changes: Partial<CloudInput>, fault: string]>([
  ["addresses that are none", { addresses: "10.999.0.0/16" }, `cloud.addresses: got "10.999.0.0/16"; ${RANGE}`],
  ["addresses from the middle on", { addresses: "10.60.5.0/20" }, `cloud.addresses: got "10.60.5.0/20"; ${RANGE}`],
  ["DigitalOcean's own addresses", { addresses: "10.244.0.0/20" }, `cloud.addresses: got "10.244.0.0/20"; ${RANGE}`],
  ["too many addresses", { addresses: "10.0.0.0/8" }, `cloud.addresses: got "10.0.0.0/8"; ${RANGE}`],
  [
    "a source from the middle on",
    { ssh: { keys, sources: ["203.0.113.7/24"] } },
    `cloud.ssh.sources.0: got "203.0.113.7/24"; ${SOURCE}`,
  ],
  [
    "the whole world as a source",
    { ssh: { keys, sources: ["0.0.0.0/0"] } },
    `cloud.ssh.sources.0: got "0.0.0.0/0"; ${SOURCE}`,
  ],
  [
    "a region of China",
    { offsiteRegion: "cn-north-1" },
    'cloud.offsiteRegion: got "cn-north-1"; write a region of AWS such as us-east-1',
  ],
])("%s is refused", (_, changes, fault) => {
  const broken = { ...staging, cloud: { ...cloud, ...changes } };

  expect(failureOf(() => checkEnvironments({ broken }))).toBe(`config/environments: 1 fault\n  - broken.ts ${fault}`);
});

test.each<[what: string, ssh: CloudInput["ssh"], message: string]>([
  ["one key of two people", { sources, keys: { ann: key, ben: key } }, ONCE],
  ["one key of a person and CI", { sources, keys: { ann: ciKey as string }, ciKey }, ONCE],
  ["a person called ci", { sources, keys: { ci: key }, ciKey }, "write CI's key as ciKey: it opens less"],
  ["nobody", { sources, keys: {} }, "write one key at least, by its owner's name"],
])("%s is refused", (_, ssh, message) => {
  const broken = { ...staging, cloud: { ...cloud, ssh } };

  expect(failureOf(() => checkEnvironments({ broken }))).toContain(message);
});
