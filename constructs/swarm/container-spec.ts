import type {
  ServiceTaskSpecContainerSpec,
  ServiceTaskSpecContainerSpecHealthcheck,
} from "@cdktf/provider-docker/lib/service";
import type { Image } from "../../config/images/image";
import { literal } from "../terraform/literal";
import type { Duration } from "./duration";
import type { FileMount } from "./file-mount";
import type { SettledHealthCheck } from "./health-check";
import { mountsOf } from "./mounts";
import type { SwarmServiceProps } from "./swarm-service-props";

/** How a container begins and ends, with nothing left open. */
export interface Lifecycle {
  /** Undefined where there is none on purpose. */
  readonly healthCheck: SettledHealthCheck | undefined;
  readonly stopGracePeriod: Duration;
}

const OWNER_READS = 0o400;
const EVERYBODY_READS = 0o444;

/**
 * A service's container in the provider's terms.
 *
 * @param serviceName begins the names of its volumes
 * @param lifecycle what the service's rollout goes by as well
 */
export function containerSpecOf(
  serviceName: string,
  props: SwarmServiceProps,
  { healthCheck, stopGracePeriod }: Lifecycle,
): ServiceTaskSpecContainerSpec {
  const { image, command, args, directory, environment, files = [] } = props;
  const { uid, gid } = image.user;
  const secrets = files.filter(({ kind }) => kind === "secret");
  const configs = files.filter(({ kind }) => kind === "config");
  return {
    image: image.reference,
    command: command?.map(literal),
    args: args?.map(literal),
    env: environment && Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, literal(value)])),
    dir: directory,
    user: `${uid}:${gid}`,
    capDrop: ["ALL"],
    capAdd: image.capabilities.length > 0 ? [...image.capabilities] : undefined,
    readOnly: image.writablePaths !== "anywhere",
    mounts: mountsOf(serviceName, props),
    secrets: secrets.map((file) => ({ secretId: file.id, secretName: file.name, ...ownedFile(file, image) })),
    configs: configs.map((file) => ({ configId: file.id, configName: file.name, ...ownedFile(file, image) })),
    healthcheck: healthCheckSpec(healthCheck),
    stopGracePeriod: stopGracePeriod.toString(),
  };
}

function ownedFile({ kind, path }: FileMount, { user }: Image) {
  return {
    fileName: path,
    fileUid: String(user.uid),
    fileGid: String(user.gid),
    fileMode: kind === "secret" ? OWNER_READS : EVERYBODY_READS,
  };
}

function healthCheckSpec(check: SettledHealthCheck | undefined): ServiceTaskSpecContainerSpecHealthcheck {
  if (check === undefined) {
    // Without it, Docker would go on with the image's own check or the one it had before.
    return { test: ["NONE"] };
  }
  return {
    test: check.command.map(literal),
    startPeriod: check.startPeriod.toString(),
    interval: check.interval.toString(),
    timeout: check.timeout.toString(),
    retries: check.retries,
  };
}
