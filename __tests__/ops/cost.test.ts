import { withChanged } from "../support/changed-environment";
import { ops } from "../support/ops-command";

const cost = (...args: readonly string[]) => ops(["cost", ...args]);

test("it says of each resource what it costs, what all come to, what was assumed and how old the prices are", async () => {
  const { status, stdout, stderr } = await cost("production");
  const rows = stdout
    .split("\n\n")[0]
    ?.split("\n")
    .map((line) => line.trimEnd().split(/ {2,}/));

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(rows).toEqual(
    expect.arrayContaining([
      ["$ A MONTH", "RESOURCE", "WHAT"],
      ["96.00", "digitalocean_droplet.manager_1", "Droplet s-8vcpu-16gb"],
      ["5.00", "digitalocean_volume.data", "Volume (50 GiB)"],
      ["15.15", "digitalocean_database_cluster.postgres", "PostgreSQL db-s-1vcpu-1gb"],
      ["1.00", "aws_kms_key.vault_seal", "KMS: key"],
      ["0.46", "aws_s3_bucket.backups", "S3 Standard (20 GiB)"],
      [expect.stringMatching(/^1\d\d\.\d\d$/), "together"],
    ]),
  );
  expect(stdout).toMatch(/\n\d+ other resources cost nothing\.\n/);
  expect(stdout).toMatch(/\nAssumed:\n(- .+\n){6}\nNot counted: taxes, /);
  expect(stdout).toMatch(/\nThe oldest price is \d+ days old: .+, read on \d{4}-\d\d-\d\d \(https:.+\)\.\n/);
  expect(stdout).toMatch(/\n\d+ of \d+ prices are as others quoted the vendor's page\. .+\n$/);
});

test("it says it to programs as JSON", async () => {
  const { status, stdout, stderr } = await cost("staging", "--json");
  const { lines, dollars, ...rest } = JSON.parse(stdout);

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(lines).toContainEqual({
    addresses: [
      "digitalocean_spaces_bucket.spaces_images",
      "digitalocean_spaces_bucket.spaces_replays",
      "digitalocean_spaces_bucket.spaces_backups",
    ],
    what: "Spaces: the subscription with 250 GiB (paid once for the account)",
    dollars: 5,
    oncePerAccount: true,
    price: expect.objectContaining({
      dollars: 5,
      unit: "account and month",
      read: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      source: "https://www.digitalocean.com/pricing/spaces-object-storage",
    }),
  });
  const cents = lines.reduce((sum: number, line: { dollars: number }) => sum + Math.round(line.dollars * 100), 0);
  expect(Math.round(dollars * 100)).toBe(cents);
  expect(rest).toEqual({
    environment: "staging",
    freeResources: expect.any(Number),
    assumptions: expect.arrayContaining(["Everything is there for the whole month."]),
    oldestPrice: expect.objectContaining({ readBy: expect.any(String), source: expect.any(String) }),
  });
});

test("an environment without a cloud costs nothing, and it says so", async () => {
  const people = await cost("lan");
  const programs = await cost("local", "--json");

  expect(people).toEqual({
    status: 0,
    stdout: expect.stringMatching(
      /^lan costs nothing: nobody sends a bill for any of its \d+ resources\. Its machine is yours\.\n$/,
    ),
    stderr: "",
  });
  expect(programs.status).toBe(0);
  expect(JSON.parse(programs.stdout)).toMatchObject({ dollars: 0, lines: [], oldestPrice: null });
});

test("what nobody knows the price of is an error that says where to write it, and no sum", async () => {
  const { status, stdout, stderr } = await withChanged("production", { cloud: { offsiteRegion: "eu-central-1" } }, () =>
    cost("production"),
  );
  const fault = (address: string) =>
    `  - production-offsite ${address}: there are no prices of region "eu-central-1"; write them into AMAZON_PRICES of ops/cost/prices.ts, which has us-east-1\n`;

  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toBe(`ops cost: 2 faults\n${fault("aws_kms_key.vault_seal")}${fault("aws_s3_bucket.backups")}`);
});

test("an environment that is not there is an error that names the others", async () => {
  const { status, stdout, stderr } = await cost("moon");

  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain("Write one of production, staging, lan, local.");
  expect(stderr).toContain("Usage: ops cost [options] <environment>");
});
