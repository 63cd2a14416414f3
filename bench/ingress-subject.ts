import type Docker from "dockerode";
import { isEncrypted, publicPort } from "../config/hosts";
import type { Environment } from "../config/schema";
import { Application } from "../constructs/apps/application";
import type { HttpRoute } from "../constructs/ingress/http-route";
import { Traefik } from "../constructs/ingress/traefik";
import type { SwarmService } from "../constructs/swarm/swarm-service";
import { Declaration } from "../ops/declaration/declaration";
import { OperatorError } from "../ops/operator-error";
import { nothingRuns, upCommand } from "../ops/starting";
import { observe } from "../ops/swarm/observation";
import { addressesOf, endsSince, runningOf } from "./containers";
import type { Target } from "./load";

const APPLICATION = "web";
const LOOPBACK = "127.0.0.1";

/** The web application of an environment, and the ingress before it. */
export class IngressSubject {
  private constructor(
    private readonly docker: Docker,
    readonly environment: Environment,
    readonly route: HttpRoute,
    private readonly application: SwarmService,
    private readonly traefik: SwarmService,
    /** How many containers of the application run. */
    readonly replicas: number,
  ) {}

  /**
   * Looks whether it runs.
   *
   * @throws OperatorError when the application or the ingress does not
   */
  static async of(docker: Docker, environment: Environment): Promise<IngressSubject> {
    const constructs = Declaration.of(environment).layers.flatMap((layer) => layer.node.findAll());
    const application = constructs
      .filter((construct) => construct instanceof Application)
      .find(({ applicationName }) => applicationName === APPLICATION);
    const traefik = constructs.find((construct) => construct instanceof Traefik);
    if (application?.route === undefined || traefik === undefined) {
      throw new OperatorError(`${environment.name} declares no route to ${APPLICATION}.`);
    }
    const { services } = await observe(docker, environment.prefix);
    if (services.length === 0) {
      throw new OperatorError(nothingRuns(environment));
    }
    const names = [application.service.serviceName, traefik.service.serviceName];
    const missing = names.filter((name) => runningOf(services, name) === 0);
    if (missing.length > 0) {
      throw new OperatorError(`No container of ${missing.join(" or of ")} runs. ${remedyOf(environment)}`);
    }
    const replicas = runningOf(services, application.service.serviceName);
    return new IngressSubject(docker, environment, application.route, application.service, traefik.service, replicas);
  }

  /** What a container of each may use at most, by service. */
  get limits(): Readonly<Record<string, { readonly cpus: number; readonly memoryBytes: number }>> {
    return Object.fromEntries(
      [this.traefik, this.application].map(({ serviceName, limits: { cpus, memory } }) => [
        serviceName,
        { cpus, memoryBytes: memory.bytes },
      ]),
    );
  }

  /** The way that everybody takes. */
  get ingress(): Target {
    const { platform } = this.environment;
    const scheme = isEncrypted(this.environment) ? "https" : "http";
    const machine = platform === "laptop" ? LOOPBACK : this.route.host;
    return this.target([`${scheme}://${machine}:${publicPort(this.environment)}`]);
  }

  /** The way past the ingress; undefined where not every container has an address on this machine. */
  async direct(): Promise<Target | undefined> {
    const addresses = await addressesOf(this.docker, this.application.serviceName);
    return addresses.length === this.replicas
      ? this.target(addresses.map((address) => `http://${address}:${this.route.port}`))
      : undefined;
  }

  /** What became of the containers since a time, each as a sentence. */
  async endsSince(time: Date): Promise<readonly string[]> {
    const { services } = await observe(this.docker, this.environment.prefix);
    const names = [this.application.serviceName, this.traefik.serviceName];
    return endsSince(
      services.filter(({ name }) => names.includes(name)),
      time,
    );
  }

  private target(origins: readonly string[]): Target {
    const { host, probe } = this.route;
    return { urls: origins.map((origin) => `${origin}${probe.path}`), host, status: probe.status };
  }
}

/** What a person does about something of an environment that does not run. */
export function remedyOf(environment: Environment): string {
  return `To see why: npm run ops -- status ${environment.name}. To start it: ${upCommand(environment)}`;
}
