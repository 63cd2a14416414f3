import { terraformFinding, terraformFindings } from "../../../ops/diagnosis/terraform";

const found = (version: string) => terraformFinding({ stdout: JSON.stringify({ terraform_version: version }) });

test.each(["1.11.0", "1.14.2"])("%s will do", (version) => {
  expect(found(version)).toEqual({ subject: "Terraform", state: "ok", message: version });
});

test.each(["1.10.5", "2.0.0"])("%s has failed", (version) => {
  expect(found(version)).toEqual({
    subject: "Terraform",
    state: "failed",
    message: `is ${version}`,
    remedy: "install Terraform 1.11 or newer, below 2, and put it on the PATH",
  });
});

describe("a program", () => {
  const { TERRAFORM_BINARY_NAME } = process.env;

  afterEach(() => {
    process.env.TERRAFORM_BINARY_NAME = TERRAFORM_BINARY_NAME;
    if (TERRAFORM_BINARY_NAME === undefined) {
      delete process.env.TERRAFORM_BINARY_NAME;
    }
  });

  test("that is not there has failed", async () => {
    process.env.TERRAFORM_BINARY_NAME = "no-such-terraform";

    expect(await terraformFindings()).toEqual([
      {
        subject: "Terraform",
        state: "failed",
        message: "cannot be run: spawn no-such-terraform ENOENT",
        remedy: expect.stringContaining("install Terraform 1.11 or newer"),
      },
    ]);
  });

  test("that says something else cannot be asked", async () => {
    process.env.TERRAFORM_BINARY_NAME = "true";

    await expect(terraformFindings()).rejects.toThrow("JSON");
  });
});
