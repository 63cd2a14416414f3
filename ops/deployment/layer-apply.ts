import { TerraformFailure } from "../terraform/failure";
import type { Plan } from "../terraform/workspace";
import type { EnvironmentWork, WorkedLayer } from "./environment-work";
import { LayerFailure } from "./layer-failure";
import { Progress } from "./progress";
import { Watch } from "./watch";

const SHOW_MILLISECONDS = 500;
const STOPPING = "stops in good order; to stop at once, press Ctrl-C again";

export interface ApplyOptions {
  /** When it begins, by Docker's clock. */
  readonly since: Date;
  readonly signal: AbortSignal;
  /** Is told again and again how far it is. */
  readonly show: (progress: string) => void;
  /** Is told which process Terraform is. */
  readonly onStart?: (process: number) => void;
}

/**
 * Applies a layer's plan, and looks at its services all the while.
 *
 * @throws LayerFailure
 */
export async function applyLayer(
  work: EnvironmentWork,
  layer: WorkedLayer,
  plan: Plan,
  { since, signal, show, onStart }: ApplyOptions,
): Promise<void> {
  const { workspace } = layer;
  const services = work.servicesOf(layer);
  const watch = new Watch(work.docker, work.environment.prefix, since);
  const progress = new Progress(plan.changes, new Map(services.map(({ address, name }) => [address, name])), watch);
  const timer = setInterval(() => show(signal.aborted ? STOPPING : progress.toString()), SHOW_MILLISECONDS);
  try {
    await workspace.apply({ signal, onStart, onEvent: (event) => progress.note(event) });
  } catch (error) {
    if (!(error instanceof TerraformFailure) || signal.aborted) {
      throw error;
    }
    const named = error.errors.map(({ address }) => address);
    const unwell = services
      .filter(({ name, address }) => named.includes(address) || !watch.isWell(name))
      .flatMap(({ name }) => watch.evidenceOf(name) ?? []);
    throw new LayerFailure(error, workspace.logOf("apply"), unwell);
  } finally {
    clearInterval(timer);
    await watch.stop();
  }
}
