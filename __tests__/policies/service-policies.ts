import { EVERY_APPLICATION_NAME, isSingle } from "../../config/applications";
import type { ImageCatalogue } from "../../config/images/catalogue";
import lock from "../../config/images/lock.json";
import { Application } from "../../constructs/apps/application";
import { EloService } from "../../constructs/apps/elo-service";
import { Migrations } from "../../constructs/apps/migrations";
import { SocketProxy } from "../../constructs/ingress/socket-proxy";
import { Traefik } from "../../constructs/ingress/traefik";
import { ContainerApiProxy } from "../../constructs/observability/container-api-proxy";
import { LogCollector } from "../../constructs/observability/log-collector";
import { NodeMetrics } from "../../constructs/observability/node-metrics";
import { Telegraf } from "../../constructs/observability/telegraf";
import { LayerStack } from "../../constructs/terraform/layer-stack";
import { labelsOf } from "../support/services";
import { type DeployedService, isMadeBy } from "./deployed";
import { normalisedDuration } from "./durations";

/** What a service does wrong; nothing where it is as it should be. */
export type ServicePolicy = (service: DeployedService) => readonly string[];

const SOCKETS = ["/var/run/docker.sock", "/run/docker.sock"];
/** Where Docker keeps what containers print. */
const LOGS = "/var/lib/docker/containers";
/** What the kernel tells of the machine, and nothing of the processes on it. */
const KERNEL_FILES = ["stat", "meminfo", "loadavg", "uptime", "vmstat", "1/net/dev"].map((file) => `/proc/${file}`);
/** All that the container API's proxy may be told about who may ask it what. */
const CONTAINER_API = [
  "-allowGET=(/v1\\.\\d+)?/(_ping|version|info|containers/json|containers/[0-9a-f]+/(json|stats)|services|tasks|nodes)",
  "-allowHEAD=/_ping",
  "-allowfrom=0.0.0.0/0",
  "-allowhealthcheck",
];
/** Where durations are the container's own business. */
const FREE_TEXT = ["env", "args", "command", "test", "labels"];

/** What must hold of every service. */
export const servicePolicies: Readonly<Record<string, ServicePolicy>> = {
  "has a health check, or says why it has none": ({ json }) => {
    const [kind] = json.task_spec.container_spec.healthcheck?.test ?? [];
    const reason = labelsOf(json)["sprocket.no-health-check"] ?? "";
    const checked = kind === "CMD" || kind === "CMD-SHELL";
    return offenceIf(!checked && reason.trim() === "", `its health check is ${kind}, and no label says why`);
  },

  "has limits": ({ json }) => {
    const { nano_cpus, memory_bytes } = json.task_spec.resources?.limits ?? {};
    return [
      ...offenceIf(!(nano_cpus > 0), `its limit of processors is ${nano_cpus}`),
      ...offenceIf(!(memory_bytes > 0), `its limit of memory is ${memory_bytes}`),
    ];
  },

  "runs an image of a named registry, by its digest unless nobody looked up an application's": (service) => {
    const { image } = service.json.task_spec.container_spec;
    if (isReleasedWithoutDigest(service, image)) {
      return offenceIf(!warnsOf(service, image), `nobody is warned that its image is ${image}`);
    }
    return offenceIf(!/^[^/]+\.[^/]+\/.+:.+@sha256:[0-9a-f]{64}$/.test(image), `its image is ${image}`);
  },

  "publishes no port unless it is Traefik": (service) => {
    const ports = publishedPorts(service);
    return offenceIf(ports.length > 0 && !isMadeBy(service, Traefik), `it publishes ${ports.join(", ")}`);
  },

  "sees the Docker socket only as a socket proxy, and read-only": (service) =>
    mountsOf(service)
      .filter(({ type, source }) => type === "bind" && holdsSocket(source))
      .flatMap(({ source, read_only }) => [
        ...offenceIf(!isSocketProxy(service), `it mounts ${source} and is no socket proxy`),
        ...offenceIf(read_only !== true, `it mounts ${source} for writing`),
      ]),

  "sees nothing else of the machine unless it is there to read it, and read-only": (service) =>
    mountsOf(service)
      .filter(({ type, source }) => type === "bind" && !holdsSocket(source))
      .flatMap(({ source, read_only }) => [
        ...offenceIf(!readsOfMachine(service).includes(source), `it mounts ${source}, which it is not there to read`),
        ...offenceIf(read_only !== true, `it mounts ${source} for writing`),
      ]),

  "lets nobody ask Docker about containers but for what is measured": (service) => {
    const { args, env } = service.json.task_spec.container_spec;
    // Its program reads both.
    const told = [...(args ?? []).filter((arg: string) => /^-+allow/i.test(arg)), ...Object.keys(env ?? {})];
    return isMadeBy(service, ContainerApiProxy)
      ? told.filter((each) => !CONTAINER_API.includes(each)).map((each) => `it is told ${each}`)
      : [];
  },

  "stops before it starts anew exactly where it writes a volume, publishes a port or must be alone": (service) => {
    const writes = mountsOf(service).some(({ type, read_only }) => type === "volume" && read_only !== true);
    const right = writes || publishedPorts(service).length > 0 || isAlone(service) ? "stop-first" : "start-first";
    return ["update_config", "rollback_config"].flatMap((block) => {
      const order = service.json[block]?.order;
      return offenceIf(order !== right, `its ${block}.order is ${order} in place of ${right}`);
    });
  },

  "is rolled back when an update fails": ({ json }) => {
    const action = json.update_config?.failure_action;
    return offenceIf(action !== "rollback", `its update_config.failure_action is ${action}`);
  },

  "rotates its logs": ({ json }) => {
    const { name, options } = json.task_spec.log_driver ?? {};
    const rotated = name === "json-file" && options?.["max-size"] !== undefined && options["max-file"] !== undefined;
    return offenceIf(!rotated, `its logs go to ${name} with ${JSON.stringify(options)}`);
  },

  "drops every capability": ({ json }) => {
    const { cap_drop } = json.task_spec.container_spec;
    return offenceIf(JSON.stringify(cap_drop) !== '["ALL"]', `it drops ${JSON.stringify(cap_drop)}`);
  },

  "has a read-only root unless its image cannot or it compiles": (service) => {
    const { image, read_only } = service.json.task_spec.container_spec;
    const known = Object.values(imagesOf(service)).find(({ reference }) => reference === image);
    const writes = known?.writablePaths === "anywhere" || isMadeBy(service, Migrations);
    return offenceIf(read_only !== true && !writes, "its root can be written");
  },

  "writes every duration as Docker gives it back": ({ json }) =>
    durationsIn(json).flatMap(({ path, text, normalised }) =>
      offenceIf(text !== normalised, `its ${path} is ${text}, which Docker gives back as ${normalised}`),
    ),

  "has no secret in its environment": ({ json }) =>
    Object.keys(json.task_spec.container_spec.env ?? {})
      .filter((name) => /(PASSWORD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|(ACCESS|PRIVATE|API)_?KEY)$/i.test(name))
      .map((name) => `its environment has ${name}, which should be a file`),
};

function offenceIf(broken: boolean, offence: string): readonly string[] {
  return broken ? [offence] : [];
}

/** The images that a service could have been given. */
function imagesOf({ owners }: DeployedService): Partial<ImageCatalogue> {
  const [owner] = owners.slice(-1);
  return owner === undefined ? {} : LayerStack.of(owner).images;
}

/** Whether an image is an application's in this release, of which nobody has looked the digest up. */
function isReleasedWithoutDigest(service: DeployedService, image: string): boolean {
  const images = imagesOf(service);
  return !Object.hasOwn(lock, image) && EVERY_APPLICATION_NAME.some((name) => images[name]?.reference === image);
}

/** Whether who synthesises a service reads a warning that names something. */
function warnsOf({ owners }: DeployedService, what: string): boolean {
  return owners.some(({ node }) =>
    node.metadata.some(({ type, data }) => type === "@cdktf/warn" && String(data).includes(what)),
  );
}

/** Whether a service is an application of which there must never be two. */
function isAlone(service: DeployedService): boolean {
  const isSingleApplication = service.owners.some(
    (owner) => owner instanceof Application && isSingle(owner.applicationName),
  );
  return isSingleApplication || isMadeBy(service, EloService);
}

function publishedPorts({ json }: DeployedService): readonly number[] {
  return (json.endpoint_spec?.ports ?? []).map((port: any) => port.published_port);
}

function mountsOf({ json }: DeployedService): readonly { type: string; source: string; read_only?: boolean }[] {
  return json.task_spec.container_spec.mounts ?? [];
}

/** Whether a path of the node is the socket or a folder that it is in. */
function holdsSocket(source: string): boolean {
  return SOCKETS.some((socket) => socket === source || socket.startsWith(`${source.replace(/\/+$/, "")}/`));
}

/** Whether a service is a door to a part of what the socket opens. */
function isSocketProxy(service: DeployedService): boolean {
  return isMadeBy(service, SocketProxy) || isMadeBy(service, ContainerApiProxy);
}

/** What a service is there to read of the machine, beside the socket. */
function readsOfMachine(service: DeployedService): readonly string[] {
  if (isMadeBy(service, LogCollector)) {
    return [LOGS];
  }
  return isMadeBy(service, NodeMetrics) && isMadeBy(service, Telegraf) ? KERNEL_FILES : [];
}

function durationsIn(value: unknown, path = ""): { path: string; text: string; normalised: string }[] {
  if (typeof value === "string") {
    const normalised = normalisedDuration(value);
    return normalised === undefined ? [] : [{ path, text: value, normalised }];
  }
  return Object.entries(value ?? {})
    .filter(([key]) => !FREE_TEXT.includes(key))
    .flatMap(([key, part]) => durationsIn(part, path === "" ? key : `${path}.${key}`));
}
