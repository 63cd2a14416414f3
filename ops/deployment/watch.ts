import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import { SERVICE_NAME_LABEL } from "../../constructs/swarm/swarm-service";
import { lastLines } from "../swarm/logs";
import { endedBadly, type ObservedService, observe, runningTasks } from "../swarm/observation";

const PAUSE_SECONDS = 1;
/** How often a service that is not well is looked at more closely. */
const CLOSER_SECONDS = 5;
const LOG_LINES = 20;
const LONGEST_CHECK_OUTPUT = 300;

/** What was seen of a service that was not well. Swarm deletes it with the service. */
export interface Evidence {
  readonly service: string;
  /** What Swarm said, the newest last. */
  readonly errors: readonly string[];
  /** What its health check last said. */
  readonly check?: string;
  /** The last lines of its log. */
  readonly log: readonly string[];
}

/** Looks at an environment's services all the while that something is done to them. */
export class Watch {
  private readonly controller = new AbortController();
  private readonly evidence = new Map<string, Evidence>();
  private readonly lookedCloser = new Map<string, number>();
  private readonly ended: Promise<void>;
  private latest: readonly ObservedService[] = [];

  /**
   * @param prefix begins the names of everything of the environment
   * @param since by Docker's clock: what ended before is of no interest
   */
  constructor(
    private readonly docker: Docker,
    private readonly prefix: string,
    private readonly since: Date,
  ) {
    this.ended = this.look();
  }

  /** A service as it was a moment ago. */
  service(name: string): ObservedService | undefined {
    return this.latest.find((service) => service.name === name);
  }

  /** What was seen of a service when it was not well. */
  evidenceOf(name: string): Evidence | undefined {
    return this.evidence.get(name);
  }

  /** Whether as many of its containers run as should. */
  isWell(name: string): boolean {
    const service = this.service(name);
    return service !== undefined && isWell(service);
  }

  async stop(): Promise<void> {
    this.controller.abort();
    await this.ended;
  }

  private async look(): Promise<void> {
    while (!this.controller.signal.aborted) {
      try {
        this.latest = (await observe(this.docker, this.prefix)).services;
        await Promise.all(this.latest.filter((service) => this.isWorthANote(service)).map((it) => this.note(it)));
      } catch {
        // Docker may be away for a while; what the command itself does will say so.
      }
      await sleep(PAUSE_SECONDS * 1000, undefined, { signal: this.controller.signal }).catch(() => {});
    }
  }

  /** A service may have all its containers, and a new version that ends again and again beside them. */
  private isWorthANote(service: ObservedService): boolean {
    return !isWell(service) || this.errorsOf(service).length > 0;
  }

  private async note(service: ObservedService): Promise<void> {
    const { name } = service;
    const known = this.evidence.get(name);
    const errors = [...new Set([...(known?.errors ?? []), ...this.errorsOf(service)])];
    const now = performance.now();
    if (now - (this.lookedCloser.get(name) ?? Number.NEGATIVE_INFINITY) < CLOSER_SECONDS * 1000) {
      this.evidence.set(name, { service: name, log: [], ...known, errors });
      return;
    }
    this.lookedCloser.set(name, now);
    const [log, check] = await Promise.all([lastLines(this.docker, name, LOG_LINES, this.since), this.checkOf(name)]);
    this.evidence.set(name, {
      service: name,
      errors,
      log: log.length > 0 ? log : (known?.log ?? []),
      check: check ?? known?.check,
    });
  }

  private errorsOf({ tasks }: ObservedService): readonly string[] {
    return tasks
      .filter((task) => endedBadly(task) && task.since > this.since)
      .sort((a, b) => a.since.getTime() - b.since.getTime())
      .map(({ error, state }) => error || state);
  }

  /** Only of containers on the engine that is asked: another node's are not to be seen here. */
  private async checkOf(name: string): Promise<string | undefined> {
    const containers = await this.docker.listContainers({
      filters: { label: [`${SERVICE_NAME_LABEL}=${name}`], health: ["starting", "unhealthy"] },
    });
    for (const { Id } of containers) {
      const { State } = await this.docker.getContainer(Id).inspect();
      const output = State.Health?.Log.at(-1)?.Output.trim();
      if (output) {
        return output.slice(0, LONGEST_CHECK_OUTPUT);
      }
    }
    return undefined;
  }
}

function isWell(service: ObservedService): boolean {
  return service.wanted === "global" || runningTasks(service).length >= service.wanted;
}
