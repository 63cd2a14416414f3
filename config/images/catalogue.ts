import { RESERVED_PORTS } from "../reserved-ports";
import type { Image, ImageFacts } from "./image";
import lock from "./lock.json";

interface Entry extends ImageFacts {
  /** The registry's host, always written: the provider finds credentials by it. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
}

const entries = {
  traefik: {
    registry: "docker.io",
    repository: "library/traefik",
    tag: "v3.7.14",
    why: "Only the newest minor is supported, and this patch carries security fixes.",
    architectures: "unknown",
    user: { uid: 0, gid: 0 },
    capabilities: [],
    writablePaths: [],
    healthCommand: ["CMD-SHELL", `wget -q -O /dev/null http://127.0.0.1:${RESERVED_PORTS.internal}/ping`],
    hasShell: true,
    everRun: false,
  },
  socketProxy: {
    registry: "docker.io",
    repository: "tecnativa/docker-socket-proxy",
    tag: "v0.5.0",
    why: "One switch per section of the Docker API, all off unless set (docs/decisions/0007-socket-proxy.md).",
    architectures: "unknown",
    user: { uid: 0, gid: 0 },
    capabilities: [],
    // Its configuration is rendered into /tmp, and HAProxy writes its process id to /run.
    writablePaths: ["/run", "/tmp"],
    healthCommand: ["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:2375/_ping"],
    hasShell: true,
    everRun: false,
  },
  vault: {
    registry: "docker.io",
    repository: "hashicorp/vault",
    tag: "2.1.2",
    why: "The newest release; its licence (BUSL-1.1) allows running it for one's own use.",
    architectures: "unknown",
    user: { uid: 100, gid: 1000 },
    capabilities: [],
    // The image declares it a volume, and each container would leave one without a name behind.
    writablePaths: ["/vault/logs"],
    // A sealed Vault is healthy: Swarm must leave it alone, people are told by an alert.
    healthCommand: [
      "CMD-SHELL",
      "wget -q -O /dev/null 'http://127.0.0.1:8200/v1/sys/health?uninitcode=200&sealedcode=200&standbyok=true'",
    ],
    hasShell: true,
    everRun: false,
  },
  oauth2Proxy: {
    registry: "quay.io",
    repository: "oauth2-proxy/oauth2-proxy",
    tag: "v7.15.4-alpine",
    why: "The default image has nothing that could run a health check; this variant has a shell and wget.",
    architectures: "unknown",
    user: { uid: 65532, gid: 65532 },
    capabilities: [],
    writablePaths: [],
    healthCommand: ["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:4180/ping"],
    hasShell: true,
    everRun: false,
  },
} as const satisfies Record<string, Entry>;

/** The name of an image in the catalogue. */
export type ImageKey = keyof typeof entries;

/** Every image that the stacks run, by key. */
export type ImageCatalogue = Readonly<Record<ImageKey, Image>>;

/**
 * The catalogue as committed: exact tags, with their digests from `lock.json`.
 */
export const imageCatalogue: ImageCatalogue = Object.fromEntries(
  Object.entries<Entry>(entries).map(([key, entry]) => [key, imageOf(entry)]),
) as ImageCatalogue;

function imageOf({ registry, repository, tag, ...facts }: Entry): Image {
  const name = `${registry}/${repository}:${tag}`;
  const digest = (lock as Record<string, { digest: string } | undefined>)[name]?.digest;
  return { ...facts, reference: digest === undefined ? name : `${name}@${digest}` };
}
