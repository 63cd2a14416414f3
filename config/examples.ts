import type { Environment } from "./schema";

/** Public keys for environments that nobody has deployed yet. Nobody has their other halves. */
export const EXAMPLE_KEYS = {
  productionOperations: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIH0xCl51psvE8vE1X6LEQedokJ+WuT0ko3Kha7jzrRtC",
  productionCi: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAII8e8StRAj8eqfYgbfpkM3eBpKI2kLC4v20CwxIQE1ca",
  stagingOperations: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK9DOFsv4QLO0P2qX1ljoiB5jbQGYSR6J4MJbfO+JZfB",
  stagingCi: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFY+a+nRYO7Q8lm3inKLlggLTP5ln4LEcSlEDuh3jxni",
} as const;

/** What the internet keeps for examples: domains and addresses that lead nowhere. */
const EXAMPLE_DOMAIN = /(^|[.@])example\.(com|net|org)$/;
const EXAMPLE_ADDRESSES = /^(192\.0\.2|198\.51\.100|203\.0\.113)\./;

/** The settings of an environment that are still examples, by their paths in its file. */
export function examplesIn({ hosts, certificates, cloud }: Environment): readonly string[] {
  const examples: readonly (readonly [path: string, isExample: boolean])[] = [
    ["hosts.domain", hosts.kind === "domain" && EXAMPLE_DOMAIN.test(hosts.domain)],
    ["certificates.email", certificates.kind === "acme" && EXAMPLE_DOMAIN.test(certificates.email)],
    ["cloud.alertEmail", cloud !== undefined && EXAMPLE_DOMAIN.test(cloud.alertEmail)],
    ["cloud.ssh.sources", (cloud?.ssh.sources ?? []).some((source) => EXAMPLE_ADDRESSES.test(source))],
    ["cloud.ssh.keys", Object.values(cloud?.ssh.keys ?? {}).some(isExampleKey)],
    ["cloud.ssh.ciKey", isExampleKey(cloud?.ssh.ciKey)],
  ];
  return examples.filter(([, isExample]) => isExample).map(([path]) => path);
}

function isExampleKey(key: string | undefined): boolean {
  return Object.values<string | undefined>(EXAMPLE_KEYS).includes(key);
}
