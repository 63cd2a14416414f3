import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import type { Environment } from "../../config/schema";
import { keepState } from "../../constructs/terraform/backend";
import { type Outcome, run } from "./command";

const LAYER = "layer-1";

/** What the state of a {@link StateStack} holds, to be found where it should not be. */
export const MARKER = "canary-in-a-state";

/** A stack without providers, whose state is where an environment's is, on another server than Spaces. */
export class StateStack {
  /** Where Terraform works. */
  readonly folder: string;

  /**
   * @param variables what Terraform takes from its environment
   */
  constructor(
    environment: Environment,
    outdir: string,
    endpoint: string,
    private readonly variables: Readonly<Record<string, string>>,
  ) {
    const app = new App({ outdir });
    const name = `${environment.name}-${LAYER}`;
    const stack = new TerraformStack(app, name);
    keepState(stack, environment, LAYER);
    const seconds = new TerraformVariable(stack, "seconds", { default: "0" });
    const serial = new TerraformVariable(stack, "serial", { default: "1" });
    stack.addOverride("resource.terraform_data.slow", {
      triggers_replace: serial.stringValue,
      input: `${MARKER}-${serial.stringValue}`,
      provisioner: [{ "local-exec": { command: `sleep ${seconds.stringValue}` } }],
    });
    app.synth();
    this.folder = join(outdir, "stacks", name);
    this.moveTo(endpoint);
  }

  init(): Promise<Outcome> {
    return this.terraform("init", "-input=false");
  }

  /** Applies; another serial is another state, and it takes so many seconds. */
  apply(serial: number, seconds = 0, ...options: readonly string[]): Promise<Outcome> {
    const given = [`-var=serial=${serial}`, `-var=seconds=${seconds}`];
    return this.terraform("apply", "-auto-approve", "-input=false", ...given, ...options);
  }

  /** Runs Terraform as a person does. */
  terraform(...args: readonly string[]): Promise<Outcome> {
    return run("terraform", [...args, ...(NO_COLOR.includes(args[0] as string) ? ["-no-color"] : [])], {
      folder: this.folder,
      environment: this.variables,
    });
  }

  /** Changes nothing but the server in what the project tells Terraform. */
  private moveTo(endpoint: string): void {
    const file = join(this.folder, "cdk.tf.json");
    const configuration = JSON.parse(readFileSync(file, "utf8"));
    Object.assign(configuration.terraform.backend.s3, { endpoints: { s3: endpoint }, use_path_style: true });
    writeFileSync(file, JSON.stringify(configuration));
  }
}

/** The commands that would colour what they print. */
const NO_COLOR = ["init", "plan", "apply"];
