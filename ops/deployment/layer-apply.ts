import { TerraformFailure } from "../terraform/failure";
import type { Plan } from "../terraform/workspace";
import type { EnvironmentWork, WorkedLayer } from "./environment-work";
import { LayerFailure } from "./layer-failure";
import { Progress } from "./progress";
import type { RunRecord } from "./run-record";
import { Watch } from "./watch";

const SHOW_MILLISECONDS = 500;

/**
 * Applies a layer's plan, and looks at its services all the while.
 *
 * @param show is told again and again how far it is
 * @throws LayerFailure
 */
export async function applyLayer(
  work: EnvironmentWork,
  layer: WorkedLayer,
  plan: Plan,
  { signal, record, show }: { signal: AbortSignal; record: RunRecord; show: (progress: string) => void },
): Promise<void> {
  const { workspace } = layer;
  const services = work.servicesOf(layer);
  const watch = new Watch(work.docker, work.environment.prefix);
  const progress = new Progress(plan.changes, new Map(services.map(({ address, name }) => [address, name])), watch);
  const timer = setInterval(() => show(progress.toString()), SHOW_MILLISECONDS);
  try {
    await workspace.apply({
      signal,
      onStart: (process) => record.note(process),
      onEvent: (event) => progress.note(event),
    });
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
