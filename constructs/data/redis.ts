import { Fn } from "cdktf";
import { Construct } from "constructs";
import { REDIS_PASSWORD_FILE, REDIS_PORT } from "../../config/data/redis";
import type { StoredSecret } from "../secrets/stored-secrets";
import { Duration } from "../swarm/duration";
import { healthCheckOf } from "../swarm/health-check";
import { Memory } from "../swarm/memory";
import type { NetworkReference } from "../swarm/network-reference";
import { SwarmConfig } from "../swarm/swarm-config";
import { SwarmSecret } from "../swarm/swarm-secret";
import { SwarmService } from "../swarm/swarm-service";
import { LayerStack } from "../terraform/layer-stack";
import { validate } from "../terraform/validation";

const CONFIGURATION_PATH = "/etc/redis/redis.conf";
const DATA_FOLDER = "/data";
/** The container's. A rewrite of the append-only file is made by a fork, which copies the pages that change meanwhile. */
const MEMORY = Memory.mebibytes(384);
/** What data may take, so that Redis refuses writes before the kernel ends it. */
const DATA_MEMORY = Memory.mebibytes(256);

export interface RedisProps {
  /** The networks by which it is reached. */
  readonly networks: readonly NetworkReference[];
  /** The password of the one user there is. */
  readonly password: StoredSecret;
}

/**
 * Redis with JSON documents, which keeps everything it was told across restarts and forgets nothing to
 * make room: matches that are being played are nowhere else.
 */
export class Redis extends Construct {
  readonly service: SwarmService;

  /**
   * @throws FaultsError when the image is not known to have the JSON module
   */
  constructor(scope: Construct, id: string, { networks, password }: RedisProps) {
    super(scope, id);
    const image = LayerStack.of(this).images.redis;
    const jsonModule = image.files?.jsonModule;
    validate(this, [
      {
        where: "image",
        broken: jsonModule === undefined,
        message: `${image.reference} is not known to have a JSON module, which the applications need; name its file in \`files.jsonModule\``,
      },
    ]);
    const configuration = new SwarmConfig(this, "configuration", { content: redisConfiguration(jsonModule as string) });
    // A line of configuration, because Redis takes no password from a file of its own.
    const passwordLine = new SwarmSecret(this, "password", { value: Fn.format("requirepass %s\n", [password.value]) });
    this.service = new SwarmService(this, "Resource", {
      image,
      networks,
      // The image's own entry point would load every module there is.
      command: ["redis-server", CONFIGURATION_PATH],
      files: [configuration.at(CONFIGURATION_PATH), passwordLine.at(REDIS_PASSWORD_FILE)],
      volumes: [{ name: "data", path: DATA_FOLDER }],
      // A server that still loads its data is not healthy yet.
      healthCheck: healthCheckOf(image, Duration.seconds(60)),
      limits: { cpus: 0.5, memory: MEMORY },
      // It writes what it has not written yet.
      stopGracePeriod: Duration.seconds(30),
    });
  }
}

function redisConfiguration(jsonModule: string): string {
  const settings: readonly (readonly [string, string | number])[] = [
    ["include", REDIS_PASSWORD_FILE],
    ["loadmodule", jsonModule],
    ["port", REDIS_PORT],
    ["bind", "* -::*"],
    ["dir", DATA_FOLDER],
    // At most a second of writes is lost in a crash.
    ["appendonly", "yes"],
    ["appendfsync", "everysec"],
    ["save", '""'],
    ["maxmemory", DATA_MEMORY.bytes],
    ["maxmemory-policy", "noeviction"],
    ["timeout", 0],
    ["tcp-keepalive", 60],
  ];
  return settings.map(([name, value]) => `${name} ${value}\n`).join("");
}
