import { type AnyApplicationName, EVERY_APPLICATION_NAME } from "../applications";
import { RABBITMQ_PORT } from "../data/rabbitmq";
import type { Image, ImageFacts } from "./image";
import { locked } from "./lock";
import { releaseOf } from "./releases";

const REGISTRY = "docker.io/asaxplayinghorse";
const HTTPS_PORT = 443;

/** What an application's image has of its own. */
interface ApplicationImage extends Pick<ImageFacts, "healthCommand"> {
  /** @default - only scratch files */
  readonly writablePaths?: ImageFacts["writablePaths"];
}

/** Fetches a page of its own; an address, because the servers know IPv4 alone and `localhost` is tried as IPv6 first. */
const answers = (port: number, path: string) => `wget -q -T 4 -O /dev/null 'http://127.0.0.1:${port}${path}'`;

/** Asks the kernel for an established connection to a port, for what listens on none itself. */
const isConnectedTo = (port: number) =>
  `grep -q ':${port.toString(16).toUpperCase().padStart(4, "0")} 01 ' /proc/net/tcp /proc/net/tcp6`;

const healthy = (...checks: readonly string[]) => ({ healthCommand: ["CMD-SHELL", checks.join(" && ")] });
const CONNECTED = healthy(isConnectedTo(RABBITMQ_PORT));

const OWN: Readonly<Record<AnyApplicationName, ApplicationImage>> = {
  // A query, because the page made for such checks says that all is well when no query is answered any more.
  core: healthy(answers(3001, "/graphql?query=%7B__typename%7D")),
  // Made on the server from the configuration, without the API.
  web: healthy(answers(3000, "/auth/login")),
  "discord-bot": healthy(isConnectedTo(RABBITMQ_PORT), isConnectedTo(HTTPS_PORT)),
  // `/` answers even without a configuration.
  "image-generation-frontend": healthy(answers(3000, "/api/imageTypes")),
  // It adds fonts to a folder in which its image has a file that it needs.
  "image-generation-service": { ...CONNECTED, writablePaths: "anywhere" },
  "notification-service": CONNECTED,
  "server-analytics-service": CONNECTED,
  "matchmaking-service": CONNECTED,
  "submission-service": CONNECTED,
  "replay-parse-service": CONNECTED,
  // Nobody knows how it could be asked, or what it writes.
  "elo-service": { healthCommand: ["CMD", "true"], writablePaths: "anywhere" },
};

/**
 * The images of the applications in an environment, at the tags of its release.
 *
 * What is known of them is from their source (`__tests__/data/app-contract.json`); nobody ran them here.
 *
 * @throws FaultsError when `releases.json` is not as it should be
 */
export function applicationImages(environment: string): Readonly<Record<AnyApplicationName, Image>> {
  const release = releaseOf(environment);
  return Object.fromEntries(
    EVERY_APPLICATION_NAME.map((name): [AnyApplicationName, Image] => [
      name,
      {
        reference: locked(`${REGISTRY}/${name}:${release[name]}`),
        why: "The release in config/images/releases.json.",
        architectures: ["amd64"],
        user: { uid: 0, gid: 0 },
        capabilities: [],
        // What is uploaded passes through it.
        writablePaths: ["/tmp"],
        hasShell: true,
        everRun: false,
        ...OWN[name],
      },
    ]),
  ) as Record<AnyApplicationName, Image>;
}
