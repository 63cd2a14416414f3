import { Fn } from "cdktf";
import type { Backing } from "../../constructs/apps/backing";
import { SwarmConfig } from "../../constructs/swarm/swarm-config";
import { dataStack } from "./data";
import type { TestStackOptions } from "./testing";

/** An empty stack for applications, with what the layers below would give them. */
export function applicationStack(options: TestStackOptions = {}) {
  const { stack, networks, secrets } = dataStack({ layer: "platform", ...options });
  const backing: Backing = {
    networks,
    secrets,
    postgres: { host: "postgres", port: 5432 },
    redis: { host: "redis.test", port: 6379 },
    rabbitmq: { host: "rabbitmq.test", port: 5672, revision: "revision-of-rabbitmq" },
    objectStorage: {
      host: "s3.test",
      port: 9000,
      buckets: { images: "the-images", replays: "the-replays", backups: "the-backups" },
    },
    influxdbUrl: "http://influxdb.test:8086",
    authority:
      stack.environment.certificates.kind === "private"
        ? new SwarmConfig(stack, "authority", { content: "a certificate" })
        : undefined,
    isOff: (feature) => Fn.contains(["features that are off"], feature),
  };
  return { stack, backing };
}
