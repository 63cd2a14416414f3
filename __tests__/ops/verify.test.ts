import { Declaration, type DeclaredService } from "../../ops/declaration/declaration";
import { serve } from "../support/http-server";
import { ops } from "../support/ops-command";
import { environmentNamed } from "../support/testing";

const { services } = Declaration.of(environmentNamed("local"));

/** Runs the command with an engine in place of Docker's. */
function verify(engine: string, ...options: readonly string[]) {
  return ops(["verify", "local", ...options], { DOCKER_HOST: engine.replace("http:", "tcp:") });
}

const named = (name: string) => `id-of-${name}`;

/** A service as Docker's API tells of one that is as declared. */
function asDeclared({ name, image, replicas, publishedPorts }: DeclaredService): object {
  return {
    ID: named(name),
    Spec: {
      Name: name,
      Mode: replicas === "global" ? { Global: {} } : { Replicated: { Replicas: replicas } },
      TaskTemplate: { ContainerSpec: { Image: image, Secrets: [{ SecretName: `${name}-key-0123456789ab` }] } },
      EndpointSpec: { Ports: publishedPorts.map((PublishedPort) => ({ PublishedPort })) },
    },
  };
}

/** What Docker's API answers where everything is as declared, but for what a test changes. */
function swarm(changed: Readonly<Record<string, object>> = {}) {
  const tasks = services.flatMap(({ name, image, replicas }) =>
    Array.from({ length: replicas === "global" ? 1 : replicas }, () => ({
      ServiceID: named(name),
      DesiredState: "running",
      Spec: { ContainerSpec: { Image: image } },
      Status: { State: "running", Timestamp: "2026-01-01T00:00:00.123456789Z" },
    })),
  );
  const answers: Readonly<Record<string, unknown>> = {
    "/info": { Swarm: { ControlAvailable: true } },
    "/services": services.map((service) => ({ ...asDeclared(service), ...changed[service.name] })),
    "/tasks": tasks,
    "/secrets": services.map(({ name }) => ({
      Spec: { Name: `${name}-key-0123456789ab` },
      CreatedAt: "2026-01-01T00:00:00Z",
    })),
    "/configs": [],
  };
  return serve(({ what }) => {
    const body = answers[what.replace(/^GET (\/v[\d.]+)?/, "")];
    return body === undefined ? { status: 404, body: { message: what } } : { status: 200, body };
  });
}

const api = "sprocket-local-api";

test("says of every service how it is, and ends by the worst", async () => {
  const engine = await swarm({
    [api]: { UpdateStatus: { State: "rollback_completed", Message: "update rolled back due to failure" } },
  });
  const { status, stdout, stderr } = await verify(engine.url, "--json");
  engine.close();
  const findings: readonly { subject: string; state: string; message: string }[] = JSON.parse(stdout);

  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(findings.filter(({ subject }) => services.some(({ name }) => name === subject))).toEqual(
    services.map(({ name }) =>
      name === api
        ? {
            subject: api,
            state: "failed",
            message: "was rolled back, and the former version runs: update rolled back due to failure",
          }
        : { subject: name, state: "ok", message: "1 running" },
    ),
  );
});

test("says in words what is not well", async () => {
  const engine = await swarm({ [api]: { UpdateStatus: { State: "paused", Message: "update paused" } } });
  const { stdout } = await verify(engine.url);
  engine.close();

  expect(stdout).toMatch(/^ok +sprocket-local-web +1 running *$/m);
  expect(stdout).toMatch(/^failed +sprocket-local-api +was left in the middle of an update: update paused *$/m);
  expect(stdout).toMatch(/\nlocal is not as declared: \d+ of \d+ things are not well\.\n$/);
});

test.each([
  ["does not answer", {}, /^Docker: 1 fault\n {2}- tcp:.*: .*ECONNREFUSED.*; start Docker, or name another engine/],
  [
    "is no manager",
    { Swarm: { ControlAvailable: false } },
    /^Docker: 1 fault\n {2}- tcp:.*: it is no manager of a Swarm/,
  ],
])("an engine that %s is said to, without a stack trace", async (_, info, message) => {
  const engine = await serve(() => ({ status: 200, body: info }));
  if (Object.keys(info).length === 0) {
    engine.close();
  }
  const { status, stdout, stderr } = await verify(engine.url);
  engine.close();

  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain("    at ");
});
