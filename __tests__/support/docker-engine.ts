import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What an engine answers: bytes as they are, whatever a function writes, or anything else as JSON. */
export type EngineAnswer = Buffer | ((response: ServerResponse) => void) | object;

/** A stand-in for Docker's engine, on a port of its own. */
export interface DockerEngine {
  /** For `DOCKER_HOST`. */
  readonly address: string;
  readonly port: number;
  /** What it was asked so far, by path. */
  readonly asked: ReadonlyMap<string, URLSearchParams>;
  close(): void;
}

/** A manager of a Swarm without anything, but for what a test says; unknown paths answer 404. */
export async function dockerEngine(changed: Readonly<Record<string, EngineAnswer>> = {}): Promise<DockerEngine> {
  const answers: Readonly<Record<string, EngineAnswer>> = {
    "/info": { Swarm: { ControlAvailable: true } },
    "/services": [],
    "/tasks": [],
    "/secrets": [],
    "/configs": [],
    ...changed,
  };
  const asked = new Map<string, URLSearchParams>();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const path = pathname.replace(/^\/v[\d.]+/, "");
    const answer = answers[path];
    asked.set(path, searchParams);
    if (typeof answer === "function") {
      answer(response);
    } else if (answer === undefined) {
      response.writeHead(404).end(JSON.stringify({ message: `${path} is not there` }));
    } else {
      response.end(Buffer.isBuffer(answer) ? answer : JSON.stringify(answer));
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    address: `tcp://127.0.0.1:${port}`,
    port,
    asked,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A service of Swarm's with so many containers, as Docker's API tells of it. */
export function swarmService(name: string, replicas = 1, image = "docker.io/library/web:1@sha256:aa"): object {
  return {
    ID: `id-of-${name}`,
    Spec: {
      Name: name,
      Mode: { Replicated: { Replicas: replicas } },
      TaskTemplate: { ContainerSpec: { Image: image } },
    },
  };
}

/** A container's task, as Docker's API tells of it. */
export function swarmTask(service: string, state: string, since: Date, error?: string): object {
  return {
    ServiceID: `id-of-${service}`,
    DesiredState: state === "running" ? "running" : "shutdown",
    Spec: { ContainerSpec: { Image: "docker.io/library/web:1@sha256:aa" } },
    Status: { State: state, Timestamp: since.toISOString(), Err: error },
  };
}

/** A line in a log, as Docker's API frames it. */
export function logFrame(task: string, second: number, text: string, stream = 1): Buffer {
  const time = `2026-01-01T12:00:${String(second).padStart(2, "0")}.000000000Z`;
  const details = `com.docker.swarm.node.id=n,com.docker.swarm.service.id=s,com.docker.swarm.task.id=${task}`;
  return frame(stream, `${time} ${details} ${text}\n`);
}

/** What Docker itself says in a log, as its API frames it. */
export function engineFrame(text: string): Buffer {
  return frame(3, `${text}\n`);
}

/** What a program in a container wrote, as Docker's API frames it: 1 is stdout, 2 is stderr. */
export function frame(stream: number, written: string | Buffer): Buffer {
  const content = typeof written === "string" ? Buffer.from(written) : written;
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(content.length, 4);
  return Buffer.concat([header, content]);
}
