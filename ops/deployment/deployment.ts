import { CERTIFICATES } from "../diagnosis/certificates";
import { made } from "../diagnosis/check";
import { checksOf } from "../diagnosis/checks";
import { VAULT } from "../diagnosis/vault";
import { OperatorError } from "../operator-error";
import { report } from "../report";
import { forgetRollbacks } from "../swarm/rollbacks";
import type { Plan, Workspace } from "../terraform/workspace";
import type { Finding } from "../verification/finding";
import { settledFindings, unwell } from "../verification/verification";
import { approve } from "./approval";
import { clearUpStep } from "./clear-up";
import type { WorkedLayer } from "./environment-work";
import { unlessStopped } from "./interruption";
import { applyLayer } from "./layer-apply";
import { Plans } from "./plans";
import { type ShownStep, type Step, show, take } from "./steps";
import { awaitVault, IN_VAULT, vaultProblem } from "./vault";
import type { WorkProps } from "./working";

/** Longer than a container that failed once at its start is held against its service. */
const LONGEST_VERIFY_SECONDS = 180;
/** Checks of what the deploy may mend itself. It waits for Vault in its turn, and looks at certificates in the end. */
const MENDED_BY_DEPLOY: readonly string[] = [VAULT, CERTIFICATES];

export interface DeploymentProps extends WorkProps {
  /** Whether a person approves each layer's changes. */
  readonly asks: boolean;
}

/** A deploy of an environment: from wherever it is to one that runs as declared. */
export class Deployment {
  private plans: Plans | undefined;
  /** Services of which Terraform found that they are as declared. */
  private readonly asDeclared: string[] = [];

  constructor(private readonly props: DeploymentProps) {}

  /**
   * @throws OperatorError with what failed, why, and what to do next
   */
  async run(): Promise<void> {
    const { work, record, signal } = this.props;
    try {
      await take([
        {
          title: "Look whether there is everything that a deploy needs",
          task: () => unlessStopped(signal, this.diagnose()),
        },
        { title: "Write Terraform's configuration", task: () => unlessStopped(signal, work.synthesise()) },
        { title: "Start Terraform", task: () => work.initialise(signal) },
        clearUpStep(record, signal),
        ...work.layersInSwarm.map((layer) => this.layerStep(layer)),
        { title: "Look whether everything runs as declared", task: (_, step) => this.verify(step) },
      ]);
    } finally {
      await this.plans?.stop();
    }
  }

  private async diagnose(): Promise<void> {
    const { declaration, environment, layersInSwarm } = this.props.work;
    const layers = layersInSwarm.map(({ stack }) => stack);
    const checks = checksOf(declaration, layers).filter(({ subject }) => !MENDED_BY_DEPLOY.includes(subject));
    const failed = (await Promise.all(checks.map(made))).flat().filter(({ state }) => state === "failed");
    if (failed.length > 0) {
      throw new OperatorError(report(failed, `${environment.name} cannot be deployed. Nothing was changed.`));
    }
  }

  private layerStep(layer: WorkedLayer): Step {
    const { name } = layer.workspace;
    return {
      title: name,
      task: async (_, step) => {
        const { work, signal } = this.props;
        if (layer.stack.layer === IN_VAULT) {
          show(step, "waits for Vault");
          await awaitVault(work.environment, work.docker, signal);
        }
        const plan = await this.deploy(layer, step);
        step.title = plan.isEmpty ? `${name}: nothing to change` : `${name}: ${plan.changes.length} changed`;
      },
    };
  }

  /** @returns what was done */
  private async deploy(layer: WorkedLayer, step: ShownStep): Promise<Plan> {
    const { work, record, signal, asks } = this.props;
    const { workspace } = layer;
    this.plans ??= new Plans(await this.plannable(), signal);
    show(step, "plans");
    const plan = await this.plans.of(workspace, (holder) => show(step, `waits for ${holder}`));
    const changed = plan.changes.map(({ address }) => address);
    const unchanged = work.servicesOf(layer).filter(({ address }) => !changed.includes(address));
    this.asDeclared.push(...unchanged.map(({ name }) => name));
    if (plan.isEmpty) {
      return plan;
    }
    this.plans.outdate();
    if (asks) {
      await approve(workspace.name, plan, step, signal);
    }
    await record.during(layer, (since, onStart) =>
      applyLayer(work, layer, plan, { since, signal, onStart, show: (text) => show(step, text) }),
    );
    return plan;
  }

  /** The layers that can be planned: with a Vault that does not answer, Terraform would try for minutes. */
  private async plannable(): Promise<readonly Workspace[]> {
    const { layersInSwarm: layers, environment, docker } = this.props.work;
    const problem = await vaultProblem(environment, docker);
    const first = layers.findIndex(({ stack }) => stack.layer === IN_VAULT);
    return layers.slice(0, problem === undefined ? undefined : first).map(({ workspace }) => workspace);
  }

  private async verify(step: ShownStep): Promise<void> {
    const { docker, environment } = this.props.work;
    let findings = await this.look(step);
    if (await forgetRollbacks(docker, this.asDeclared)) {
      findings = await this.look(step);
    }
    const wrong = unwell(findings);
    if (wrong.length > 0) {
      throw new OperatorError(report(wrong, `${environment.name} is deployed, and does not run as declared.`));
    }
  }

  private look(step: ShownStep): Promise<readonly Finding[]> {
    const { declaration, docker } = this.props.work;
    return settledFindings(declaration, docker, LONGEST_VERIFY_SECONDS, {
      signal: this.props.signal,
      show: (findings) => {
        const waiting = findings.filter(({ state }) => state === "waiting").map(({ subject }) => subject);
        show(step, waiting.length > 0 ? `waits for ${waiting.join(", ")}` : "");
      },
    });
  }
}
