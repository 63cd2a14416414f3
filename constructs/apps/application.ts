import { Fn } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { type ApplicationName, isSingle } from "../../config/applications";
import type { Environment } from "../../config/schema";
import type { SecretPath } from "../../config/secrets/catalogue";
import { HttpRoute, type HttpRouteProps } from "../ingress/http-route";
import { Duration } from "../swarm/duration";
import type { FileMount } from "../swarm/file-mount";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmSecret } from "../swarm/swarm-secret";
import { SwarmService } from "../swarm/swarm-service";
import type { SwarmServiceProps } from "../swarm/swarm-service-props";
import { constructsBelow } from "../terraform/every";
import { LayerStack } from "../terraform/layer-stack";
import { applicationHealthCheck, variablesOfDeaf } from "./application-health";
import { type Need, networksFor } from "./application-networks";
import type { Backing } from "./backing";
import { DRAIN, gracefully } from "./graceful-stop";

const AUTHORITY_PATH = "/etc/ssl/sprocket-authority.pem";
/** A container that crashes on its first work does so within this time after it became healthy. */
const FIRST_WORK = Duration.seconds(10);
/**
 * What an application without a reason for more may take to end, once it was told to. It takes no time; but
 * `terraform destroy` fails where a container takes longer, and when all end at once the machine is busy.
 */
const USUAL_END = Duration.seconds(20);

/** What every application is given by the stack. */
export interface ApplicationContext {
  readonly backing: Backing;
  /**
   * What must have converged before it starts.
   *
   * @default - nothing
   */
  readonly after?: readonly SwarmService[];
}

/** A file of JSON that an application reads. */
export interface Document {
  /** What ends its name in the Swarm. */
  readonly id: string;
  readonly path: string;
  /** Values may be tokens; with `secret`, of secrets too. */
  readonly content: object;
  /** Whether nobody else may read it. */
  readonly secret: boolean;
}

/** What an application is. */
export interface ApplicationProps extends ApplicationContext, Pick<SwarmServiceProps, "directory" | "limits"> {
  readonly name: ApplicationName;
  /** The program, as its image would start it. */
  readonly program: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly documents: readonly Document[];
  /** The secrets that it reads, by the paths where it does. */
  readonly secretFiles: Readonly<Record<string, SecretPath>>;
  readonly needs: readonly Need[];
  /**
   * The environment variable by which it is told the path of an authority's certificate.
   *
   * @default NODE_EXTRA_CA_CERTS
   */
  readonly authorityVariable?: string;
  /**
   * Where people reach it.
   *
   * @default - nowhere
   */
  readonly route?: Pick<HttpRouteProps, "label" | "port" | "audience" | "probe">;
  /**
   * How Swarm finds out whether it is well, in Docker's form.
   *
   * @default - as its image is known to be asked
   */
  readonly healthCommand?: readonly string[];
  /** How long its start may take. */
  readonly startPeriod: Duration;
  /**
   * How long it may take to end, once it was told to.
   *
   * @default 20 seconds
   */
  readonly longestEnd?: Duration;
  /** @default 5 seconds */
  readonly restartDelay?: Duration;
  /**
   * Whether it hears no events any more once the broker went away and came back.
   *
   * @default false
   */
  readonly deafAfterBroker?: boolean;
  /**
   * The feature without which it has nothing to do: with a stand-in for that, no container of it runs.
   *
   * @default - it always runs
   */
  readonly feature?: string;
}

/**
 * An application of Sprocket's: its image in the environment's release, its files, and what is the same for all of
 * them.
 */
export class Application extends Construct {
  readonly service: SwarmService;
  readonly applicationName: ApplicationName;
  /** How long its start may take. */
  readonly startPeriod: Duration;
  /** How long it goes on serving after it was told to end. */
  readonly drain: Duration;
  /** How long it may take to end in all. */
  readonly stopGracePeriod: Duration;
  /** Whether it hears no events any more once the broker went away and came back. */
  readonly deafAfterBroker: boolean;
  /** Undefined for one without a route. */
  readonly route: HttpRoute | undefined;

  constructor(scope: Construct, id: string, props: ApplicationProps) {
    super(scope, id);
    const { name, backing, needs, route, deafAfterBroker = false, feature, after, limits, directory } = props;
    const { startPeriod } = props;
    const { environment, images } = LayerStack.of(this);
    const drain = route === undefined ? Duration.zero : DRAIN;
    const stopGracePeriod = drain.plus(props.longestEnd ?? USUAL_END);
    const { rabbitmq } = backing;
    this.applicationName = name;
    this.startPeriod = startPeriod;
    this.drain = drain;
    this.stopGracePeriod = stopGracePeriod;
    this.deafAfterBroker = deafAfterBroker;
    this.service = new SwarmService(this, "Resource", {
      image: images[name],
      ...gracefully(props.program, drain),
      directory,
      networks: networksFor(needs, route?.audience, environment, backing.networks),
      environment: {
        ...props.environment,
        ...this.authorityVariable(props),
        ...(deafAfterBroker ? variablesOfDeaf(rabbitmq.revision) : {}),
      },
      files: this.files(props),
      healthCheck: applicationHealthCheck(
        props.healthCommand ?? images[name].healthCommand,
        startPeriod,
        deafAfterBroker ? rabbitmq.host : undefined,
      ),
      limits,
      replicas: replicasOf(environment, name),
      alone: isSingle(name),
      offWhen: feature === undefined ? undefined : backing.isOff(feature),
      restartDelay: props.restartDelay,
      stopGracePeriod,
      monitor: FIRST_WORK,
      after,
    });
    this.route = route && new HttpRoute(this, "route", { ...route, service: this.service });
  }

  /** The applications that a construct is above of. */
  static all(construct: IConstruct): readonly Application[] {
    return constructsBelow(construct, Application);
  }

  private files({ backing, needs, documents, secretFiles }: ApplicationProps): FileMount[] {
    return [
      ...documents.map(({ id, path, content, secret }) => {
        const text = Fn.jsonencode(content);
        const file = secret ? new SwarmSecret(this, id, { value: text }) : new SwarmConfig(this, id, { content: text });
        return file.at(path);
      }),
      ...Object.entries(secretFiles).map(([path, secret]) =>
        new SwarmSecret(this, secretId(path), backing.secrets(secret)).at(path),
      ),
      ...(needsAuthority(backing, needs) ? [backing.authority.at(AUTHORITY_PATH)] : []),
    ];
  }

  private authorityVariable({ backing, needs, authorityVariable = "NODE_EXTRA_CA_CERTS" }: ApplicationProps) {
    return needsAuthority(backing, needs) ? { [authorityVariable]: AUTHORITY_PATH } : {};
  }
}

/** Object storage is what an application reaches by a public host, and so by a certificate of the authority. */
function needsAuthority(
  backing: Backing,
  needs: readonly Need[],
): backing is Backing & { readonly authority: NonNullable<Backing["authority"]> } {
  return backing.authority !== undefined && needs.includes("objectStorage");
}

function replicasOf({ applications: { replicas } }: Environment, name: ApplicationName): number {
  return isSingle(name) ? 1 : (replicas[name] ?? 1);
}

/** `/app/secret/jwtSecret.txt` becomes `jwt-secret`. */
function secretId(path: string): string {
  const [base = ""] = path.split("/").slice(-1);
  return base.replace(/\.txt$/, "").replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
