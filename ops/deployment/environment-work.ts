import type Docker from "dockerode";
import { SELECTION_VARIABLE } from "../../config/environments";
import type { Environment } from "../../config/schema";
import { isInAccounts } from "../../constructs/terraform/layer";
import type { LayerStack } from "../../constructs/terraform/layer-stack";
import { Declaration, type DeclaredService } from "../declaration/declaration";
import { PROJECT_FOLDER } from "../folders";
import { OperatorError } from "../operator-error";
import { runProgram } from "../run-program";
import { dockerEngine } from "../swarm/engine";
import { Workspace } from "../terraform/workspace";

const LONGEST_SYNTH_SECONDS = 120;

/** A layer, with the folder in which Terraform works on it. */
export interface WorkedLayer {
  readonly stack: LayerStack;
  readonly workspace: Workspace;
}

/** What the commands that deploy and remove an environment work with. */
export class EnvironmentWork {
  private constructor(
    readonly declaration: Declaration,
    readonly docker: Docker,
    /** The layers, in the order of deployment. */
    readonly layers: readonly WorkedLayer[],
  ) {}

  /**
   * @throws FaultsError for a file of overrides that is not as it should be
   */
  static of(environment: Environment): EnvironmentWork {
    const declaration = Declaration.of(environment);
    const layers = declaration.layers.map((stack) => ({ stack, workspace: new Workspace(stack.node.id) }));
    return new EnvironmentWork(declaration, dockerEngine(environment), layers);
  }

  get environment(): Environment {
    return this.declaration.environment;
  }

  /** The layers of which something is in the Swarm. Those in the cloud's accounts are deployed by themselves, seldom. */
  get layersInSwarm(): readonly WorkedLayer[] {
    return this.layers.filter(({ stack }) => !isInAccounts(stack.layer));
  }

  servicesOf({ stack }: WorkedLayer): readonly DeclaredService[] {
    return this.declaration.services.filter((service) => service.stack === stack.node.id);
  }

  /**
   * Writes the layers' configuration as `npm run synth` does, its type check included.
   *
   * @throws OperatorError with what was said when it fails
   */
  async synthesise(): Promise<void> {
    const { exitCode, stdout, stderr } = await runProgram("npm", ["run", "--silent", "synth"], {
      seconds: LONGEST_SYNTH_SECONDS,
      folder: PROJECT_FOLDER,
      variables: { [SELECTION_VARIABLE]: this.environment.name },
    });
    if (exitCode !== 0) {
      throw new OperatorError(`The program that declares it fails:\n${`${stdout}${stderr}`.trim()}`);
    }
  }

  /**
   * Has Terraform install providers and find the states of the layers in the Swarm.
   *
   * @throws TerraformFailure
   */
  async initialise(signal: AbortSignal): Promise<void> {
    const [first, ...others] = this.layersInSwarm.map(({ workspace }) => workspace);
    // Alone, because it fills the cache of providers where there is one, which Terraform lets only one do at a time.
    await first?.init({ signal });
    const ended = await Promise.allSettled(others.map((workspace) => workspace.init({ signal })));
    const failed = ended.find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") {
      throw failed.reason;
    }
  }
}
