import { runningTasks } from "../swarm/observation";
import type { TerraformEvent } from "../terraform/event";
import type { Change } from "../terraform/workspace";
import type { Watch } from "./watch";

const LONGEST_ERROR = 100;
/** In how many steps Terraform does something, where it is not one. */
const STEPS: Readonly<Record<string, number>> = { replace: 2 };

/** How far Terraform is with a layer. */
export class Progress {
  private readonly total: number;
  private done = 0;
  private readonly underWay = new Map<string, number>();

  /**
   * @param changes what Terraform will do
   * @param services the name of each service in the Swarm, by its resource's address
   */
  constructor(
    changes: readonly Change[],
    private readonly services: ReadonlyMap<string, string>,
    private readonly watch: Watch,
  ) {
    // A resource that is replaced is destroyed and made.
    this.total = changes.reduce((sum, { action }) => sum + (STEPS[action] ?? 1), 0);
  }

  note({ type, hook }: TerraformEvent): void {
    const address = hook?.resource.addr;
    if (address === undefined || hook?.action === "read") {
      return;
    }
    if (type === "apply_start") {
      this.underWay.set(address, performance.now());
    } else if (type === "apply_complete" || type === "apply_errored") {
      this.underWay.delete(address);
      this.done += 1;
    }
  }

  /** What is done, and a line for each service that is under way. */
  toString(): string {
    const now = performance.now();
    const lines = [...this.underWay].map(([address, since]) => {
      const seconds = `${Math.round((now - since) / 1000)} s`;
      const service = this.services.get(address);
      return service === undefined ? `${address} ${seconds}` : `${service} ${this.stateOf(service)} ${seconds}`;
    });
    return [`${this.done} of ${this.total} done`, ...lines].join("\n");
  }

  private stateOf(name: string): string {
    const service = this.watch.service(name);
    if (service === undefined) {
      return "";
    }
    const running = runningTasks(service).length;
    const error = this.watch.evidenceOf(name)?.errors.at(-1);
    const trouble = error === undefined ? "" : ` (${error.slice(0, LONGEST_ERROR)})`;
    return `${running}/${service.wanted} running${trouble}`;
  }
}
