import type Docker from "dockerode";

/** A service's name without the beginning that all of its environment share: `api` of `sprocket-local-api`. */
export function shortName(prefix: string, service: string): string {
  return service.startsWith(`${prefix}-`) ? service.slice(prefix.length + 1) : service;
}

/** What people call an environment's containers: `api.2` is the second of the service `api`. */
export class ContainerNames {
  private readonly names = new Map<string, Promise<string>>();

  /**
   * @param prefix begins the names of everything of the environment
   */
  constructor(
    private readonly docker: Docker,
    private readonly prefix: string,
  ) {}

  /**
   * A container's name, or only its service's where Swarm does not know which one it is.
   *
   * @param task the id of its task; Swarm is asked once
   */
  of(service: string, task: string | undefined): Promise<string> {
    const key = `${service} ${task}`;
    const name = this.names.get(key) ?? this.ask(shortName(this.prefix, service), task);
    this.names.set(key, name);
    return name;
  }

  private async ask(service: string, task: string | undefined): Promise<string> {
    if (task === undefined) {
      return service;
    }
    const question: Promise<{ readonly Slot?: number }> = this.docker.getTask(task).inspect();
    const { Slot } = await question.catch(() => ({ Slot: undefined }));
    return Slot === undefined ? service : `${service}.${Slot}`;
  }
}
