import { OperatorError } from "../operator-error";
import { managerEngine, timeOf } from "../swarm/engine";
import { idOf, objectsOf, remove, volumesOf } from "../swarm/objects";
import type { Workspace } from "../terraform/workspace";
import { clearUpStep } from "./clear-up";
import type { WorkedLayer } from "./environment-work";
import { unlessStopped } from "./interruption";
import { applyLayer } from "./layer-apply";
import { LayerFailure } from "./layer-failure";
import { type ShownStep, type Step, show, take } from "./steps";
import { swarmIdsOf } from "./swarm-ids";
import { IN_VAULT, vaultProblem } from "./vault";
import type { WorkProps } from "./working";

export interface RemovalProps extends WorkProps {
  /** Whether the data goes too. */
  readonly volumes: boolean;
}

/**
 * Takes an environment out of the Swarm.
 *
 * What Vault holds is data on its volumes. So the layer `secrets`, which is all inside Vault, stays with the volumes and
 * goes with them.
 */
export class Removal {
  constructor(private readonly props: RemovalProps) {}

  /**
   * @throws OperatorError with what failed, why, and what to do next
   * @throws FaultsError when Docker does not answer, or is no manager of a Swarm
   */
  async run(): Promise<void> {
    const { work, signal, record, volumes } = this.props;
    await managerEngine(work.environment);
    const [inVault, inSwarm] = [true, false].map((wanted) =>
      work.layersInSwarm.filter(({ stack }) => (stack.layer === IN_VAULT) === wanted),
    ) as [WorkedLayer[], WorkedLayer[]];
    await take([
      { title: "Write Terraform's configuration", task: () => unlessStopped(signal, work.synthesise()) },
      { title: "Start Terraform", task: () => work.initialise(signal) },
      clearUpStep(record, signal),
      ...inSwarm.toReversed().map((layer) => this.layerStep(layer)),
      {
        title: "Remove volumes, and with them what is in Vault",
        enabled: volumes,
        task: (_, step) => this.removeData(inVault, step),
      },
      { title: "Look whether anything is left", task: () => this.verify() },
    ]);
  }

  private layerStep(layer: WorkedLayer): Step {
    const { name } = layer.workspace;
    return {
      title: name,
      task: async (_, step) => {
        const known = await this.removeLayer(layer, step);
        step.title = `${name}: ${known === 0 ? "was not deployed" : `${known} removed`}`;
      },
    };
  }

  /** @returns of how many resources Terraform knew */
  private async removeLayer(layer: WorkedLayer, step: ShownStep, isSecondTry = false): Promise<number> {
    const { work, signal } = this.props;
    show(step, "plans");
    const onLocked = (holder: string) => show(step, `waits for ${holder}`);
    const plan = await layer.workspace.plan({ signal, onLocked, extra: await this.destruction(layer.workspace) });
    if (!plan.isEmpty) {
      const since = await timeOf(work.docker);
      try {
        await applyLayer(work, layer, plan, { since, signal, show: (text) => show(step, text) });
      } catch (error) {
        const isSlowEnd = error instanceof LayerFailure && error.failure.isSlowEnd;
        if (!isSlowEnd || isSecondTry) {
          throw error;
        }
        // The service is gone, and so is its container by now: the next plan finds the rest.
        await this.removeLayer(layer, step, true);
      }
    }
    return plan.changes.length;
  }

  /**
   * How Terraform is told to plan a removal. Where Vault does not answer it must not look at what there is, because it
   * would ask Vault too. Then it fails on what somebody removed by hand, which it has to forget first.
   */
  private async destruction(workspace: Workspace): Promise<readonly string[]> {
    const { environment, docker } = this.props.work;
    if ((await vaultProblem(environment, docker)) === undefined) {
      return ["-destroy"];
    }
    const there = (await objectsOf(docker, environment.prefix)).map(idOf);
    await workspace.forget((resource) => swarmIdsOf(resource).some((id) => !there.includes(id)));
    return ["-destroy", "-refresh=false"];
  }

  private async removeData(inVault: readonly WorkedLayer[], step: ShownStep): Promise<void> {
    const { work, signal } = this.props;
    const names = await volumesOf(work.docker, work.environment.prefix);
    for (const name of names) {
      await remove(work.docker.getVolume(name), signal);
    }
    for (const { workspace } of inVault) {
      await workspace.forget();
    }
    step.title = `Remove volumes, and with them what is in Vault: ${names.length} removed`;
  }

  private async verify(): Promise<void> {
    const { environment, docker } = this.props.work;
    const left = await objectsOf(docker, environment.prefix);
    if (left.length > 0) {
      const names = left.map(({ kind, name }) => `  ${kind} ${name}`).join("\n");
      throw new OperatorError(
        `The layers are removed, and this is left of ${environment.name}. Terraform did not make it, or lost its state:\n${names}`,
      );
    }
  }
}
