import Docker from "dockerode";
import { type Answer, type Question, serve } from "./http-server";

/** What a Swarm has; each thing as Docker's API tells of it. */
export interface SwarmContent {
  readonly services: readonly object[];
  readonly tasks: readonly object[];
  readonly secrets: readonly object[];
  readonly configs: readonly object[];
  readonly networks: readonly object[];
  readonly volumes: readonly object[];
  readonly containers: readonly object[];
}

/** What is answered to a question about a path, such as `DELETE /networks/n`, in place of the usual. */
export type Exceptions = Readonly<Record<string, (question: Question) => Answer | undefined>>;

/** A stand-in for a manager of a Swarm, that things can be removed from. */
export interface Swarm {
  /** For `DOCKER_HOST`. */
  readonly address: string;
  readonly docker: Docker;
  /** What it has now; a test may change it. */
  content: SwarmContent;
  /** What it was asked that is more than a look, such as `DELETE /secrets/s`. */
  readonly told: readonly Question[];
  close(): void;
}

const EMPTY: SwarmContent = {
  services: [],
  tasks: [],
  secrets: [],
  configs: [],
  networks: [],
  volumes: [],
  containers: [],
};

/**
 * @param content what it has beside nothing
 * @param exceptions where one answers undefined, the usual is answered
 * @param socket the path of a socket to answer at in place of a port
 */
export async function swarm(
  content: Partial<SwarmContent> = {},
  exceptions: Exceptions = {},
  socket?: string,
): Promise<Swarm> {
  const told: Question[] = [];
  const { url, close } = await serve((question) => {
    const what = decodeURIComponent(question.what.replace(/ \/v[\d.]+\//, " /"));
    const [method = "", path = ""] = what.split(" ");
    if (method !== "GET") {
      told.push({ ...question, what });
    }
    return exceptions[what]?.(question) ?? usual(result, method, path);
  }, socket);
  const result: Swarm = {
    address: url.replace("http:", "tcp:"),
    docker:
      socket === undefined
        ? new Docker({ host: "127.0.0.1", port: new URL(url).port })
        : new Docker({ socketPath: socket }),
    content: { ...EMPTY, ...content },
    told,
    close,
  };
  return result;
}

/** A service, secret or config, as Docker's API tells of it, as far as it is the same of all. */
export function swarmObject(name: string, created: Date): object {
  return { ID: `id-of-${name}`, Spec: { Name: name }, CreatedAt: created.toISOString() };
}

/** A network, as Docker's API tells of it. */
export function swarmNetwork(name: string, created: Date): object {
  return { Id: `id-of-${name}`, Name: name, Created: created.toISOString() };
}

function usual(swarm: Swarm, method: string, path: string): Answer {
  const [, kind = "", id] = path.split("/") as [string, keyof SwarmContent, string?];
  const things = swarm.content[kind as keyof SwarmContent];
  if (path === "/info") {
    return { status: 200, body: wellEngine() };
  }
  if (path === "/containers/json") {
    return { status: 200, body: swarm.content.containers };
  }
  if (method === "GET" && things !== undefined && id === undefined) {
    return { status: 200, body: kind === "volumes" ? { Volumes: things } : things };
  }
  if (method === "DELETE" && things?.some((thing) => isNamed(thing, id))) {
    swarm.content = { ...swarm.content, [kind]: things.filter((thing) => !isNamed(thing, id)) };
    return { status: 204 };
  }
  return method === "POST" || /^\/(images|distribution)\//.test(path)
    ? { status: 200, body: {} }
    : { status: 404, body: { message: `${path} is not there` } };
}

function isNamed(thing: object, id: string | undefined): boolean {
  const { ID, Id, Name } = thing as { readonly ID?: string; readonly Id?: string; readonly Name?: string };
  return [ID, Id, Name].includes(id);
}

/** What a Docker says of itself with which everything is well. */
export function wellEngine(): object {
  return {
    ServerVersion: "28.5.2",
    Architecture: "x86_64",
    MemTotal: 64 * 1024 ** 3,
    DockerRootDir: "/none/of/this/machine",
    SystemTime: new Date().toISOString(),
    Swarm: { LocalNodeState: "active", ControlAvailable: true },
  };
}
