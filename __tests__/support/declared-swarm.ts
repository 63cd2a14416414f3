import { Declaration, type DeclaredService } from "../../ops/declaration/declaration";
import type { Ports } from "./deploying";
import { type HttpServer, serve } from "./http-server";
import type { SwarmContent } from "./swarm";
import { environmentLike, environmentNamed } from "./testing";

/** What the environment `local` is to the outside where it runs as declared. */
export interface DeclaredSwarm {
  readonly ports: Ports;
  /** What Swarm has of it. */
  readonly content: Pick<SwarmContent, "services" | "tasks">;
  close(): void;
}

/** Has every host of the environment `local` answer as it should, and Vault say that it is unsealed. */
export async function declaredSwarm(): Promise<DeclaredSwarm> {
  const { routes } = Declaration.of(environmentNamed("local"));
  const statusOf = (host = "") => routes.find((route) => route.host === host.replace(/:.*/, ""))?.probe.status ?? 404;
  const servers = [
    await serve(({ headers }) => ({ status: statusOf(headers.host) })),
    await serve(() => ({ status: 200 })),
  ] as const;
  const [http, vault] = servers.map(portOf) as [number, number];
  const { services } = Declaration.of(environmentLike("local", { ports: { http, https: 443, vault } }));
  return {
    ports: { http, vault },
    content: { services: services.map(serviceOf), tasks: services.flatMap(tasksOf) },
    close: () => {
      for (const server of servers) {
        server.close();
      }
    },
  };
}

function portOf({ url }: HttpServer): number {
  return Number(new URL(url).port);
}

function serviceOf({ name, image, replicas, publishedPorts }: DeclaredService): object {
  const Ports = publishedPorts.map((PublishedPort) => ({ PublishedPort }));
  return {
    ID: `id-of-${name}`,
    Spec: {
      Name: name,
      Mode: replicas === "global" ? { Global: {} } : { Replicated: { Replicas: replicas } },
      TaskTemplate: { ContainerSpec: { Image: image } },
      EndpointSpec: { Ports },
    },
    Endpoint: { Ports },
  };
}

function tasksOf({ name, image, replicas }: DeclaredService): readonly object[] {
  return Array.from({ length: replicas === "global" ? 1 : replicas }, () => ({
    ServiceID: `id-of-${name}`,
    DesiredState: "running",
    Spec: { ContainerSpec: { Image: image } },
    Status: { State: "running", Timestamp: "2026-01-01T00:00:00Z" },
  }));
}
