import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { selectEnvironments } from "../../config/environments";
import { imagesOf } from "../../config/images/catalogue";
import type { Environment } from "../../config/schema";
import { type EnvironmentFile, withChanged } from "../support/changed-environment";
import { type Answer, freePort, serve } from "../support/http-server";
import { ops } from "../support/ops-command";
import type { Outcome } from "../support/processes";
import { programsIn } from "../support/programs";
import { namesLeadTo } from "../support/resolver";
import { madeUpEnvironment } from "../support/secrets";
import { wellEngine } from "../support/swarm";

/** In place of Spaces; the test that asks it starts one. */
const spaces = { url: "" };
jest.mock("../../ops/state/place", () => {
  const actual = jest.requireActual("../../ops/state/place");
  return { ...actual, statePlace: (environment: Environment) => actual.statePlace(environment, spaces.url) };
});

const folder = mkdtempSync(join(tmpdir(), "sprocket-test-"));
const [local] = selectEnvironments("local");
const missing = imagesOf(local as Environment).redis.reference;

interface Finding {
  readonly subject: string;
  readonly state: string;
  readonly message: string;
  readonly remedy?: string;
}

interface Surroundings {
  readonly environment?: EnvironmentFile;
  readonly options?: readonly string[];
  readonly dockerHost: string;
  readonly terraform?: string;
  readonly ports?: { readonly http: number; readonly vault: number };
  readonly variables?: Readonly<Record<string, string>>;
}

/** Runs the command with stand-ins for Docker, Terraform and the resolver. */
async function doctor(surroundings: Surroundings): Promise<Outcome> {
  const { environment = "local", options = ["--json"], dockerHost, terraform = "1.11.4", variables } = surroundings;
  const { ports = { http: await freePort(), vault: await freePort() } } = surroundings;
  namesLeadTo("192.0.2.1");
  return withChanged(environment, { ports: environment === "local" ? ports : {} }, () =>
    ops(["doctor", environment, ...options], {
      DOCKER_HOST: dockerHost,
      PATH: programsIn(folder, {
        terraform: `test "$1" != version || echo '{"terraform_version":"${terraform}"}'`,
      }),
      ...variables,
    }),
  );
}

/** Docker at a socket of this machine, where everything is well but for what a test changes. */
function docker(changed: Readonly<Record<string, Answer>> = {}) {
  const ok = (body: unknown): Answer => ({ status: 200, body });
  return serve(
    ({ what }) => {
      const asked = decodeURIComponent(what.replace(/^GET (\/v[\d.]+)?/, ""));
      const isList = asked === "/services" || asked === "/containers/json";
      return changed[asked] ?? ok(asked === "/info" ? wellEngine() : isList ? [] : {});
    },
    join(folder, "docker.sock"),
  );
}

const findingsOf = ({ stdout }: Outcome): readonly Finding[] => JSON.parse(stdout);
const failed = (outcome: Outcome) => findingsOf(outcome).filter(({ state }) => state === "failed");

afterAll(() => rmSync(folder, { recursive: true }));

test("where everything is well it says so, and ends with 0 whatever it warns of", async () => {
  const engine = await docker();
  const { status, stdout, stderr } = await doctor({ dockerHost: engine.url, options: [] });
  engine.close();

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^ok +Terraform +1\.11\.4 *$/m);
  expect(stdout).toMatch(/^ok +Docker +28\.5\.2 on x86_64 *$/m);
  expect(stdout).toMatch(/^ok +port \d+ +is free *$/m);
  expect(stdout).toMatch(/^ok +Vault +is not deployed yet *$/m);
  expect(stdout).toMatch(/^unknown +disk +could not ask: Docker's data is not on this machine *$/m);
  expect(stdout).toMatch(/^ok +docker\.io\/library\/redis:\S+ +is on the engine *$/m);
  expect(stdout).toMatch(/\nlocal can be deployed: \d+ things looked at \(warnings: \d+, unknown: 1\)\.\n$/);
});

test("everything that would make a deploy fail is said at once", async () => {
  const sealed = await serve(() => ({ status: 503 }));
  const nginx = await serve(() => ({ status: 200 }));
  const ports = { http: portOf(nginx.url), vault: portOf(sealed.url) };
  const traefik = "sprocket-local-traefik";
  const engine = await docker({
    "/services": {
      status: 200,
      body: [{ Spec: { Name: traefik } }, { Spec: { Name: "sprocket-local-vault" } }],
    },
    "/containers/json": {
      status: 200,
      body: [
        { Names: ["/nginx"], Labels: {}, Ports: [{ PublicPort: ports.http }] },
        {
          Names: [`/${traefik}.1`],
          Labels: { "com.docker.swarm.service.name": traefik },
          Ports: [{ PublicPort: ports.vault }],
        },
      ],
    },
    [`/images/${missing}/json`]: { status: 404, body: { message: "No such image" } },
    [`/distribution/${missing}/json`]: { status: 403, body: { message: "denied: not for you" } },
  });
  const outcome = await doctor({ dockerHost: engine.url, terraform: "1.10.5", ports });
  engine.close();
  sealed.close();
  nginx.close();

  expect(outcome).toMatchObject({ status: 1, stderr: "" });
  expect(failed(outcome).map(({ subject, message }) => `${subject} ${message}`)).toEqual([
    "Terraform is 1.10.5",
    `port ${ports.http} is taken by the container nginx`,
    `${missing.replace(/@.*/, "")} is not on the engine, and its registry does not answer for it: denied: not for you`,
    "Vault is sealed",
  ]);
  expect(failed(outcome).filter(({ remedy }) => remedy === undefined)).toEqual([]);
  expect(findingsOf(outcome)).toContainEqual({
    subject: `port ${ports.vault}`,
    state: "ok",
    message: `is published by ${traefik}`,
  });
});

test("in the cloud its accounts are asked too, and a secret that nobody brought is said to be missing", async () => {
  const { TF_VAR_discord_client_id: _, ...variables } = madeUpEnvironment();
  const engine = await docker();
  const empty = await serve(() => ({ status: 404 }));
  const account = { status: "active", droplet_limit: 0 };
  const api = await serve(() => ({ status: 200, body: { account, droplets: [], meta: { total: 0 } } }));
  spaces.url = empty.url;
  const outcome = await doctor({
    environment: "staging",
    dockerHost: engine.url,
    variables: { ...variables, DIGITALOCEAN_API_URL: api.url },
  });
  for (const { close } of [engine, empty, api]) {
    close();
  }

  expect(outcome).toMatchObject({ status: 1, stderr: "" });
  expect(failed(outcome).map(({ subject, message }) => `${subject} ${message}`)).toEqual([
    // Nobody has deployed the committed staging.
    expect.stringMatching(/^configuration /),
    "TF_VAR_discord_client_id is missing",
    "sprocket-terraform-state is not there",
    "droplets 0 of at most 0 are there, and 1 more are needed",
  ]);
  expect(findingsOf(outcome).find(({ message }) => message === "is missing")?.remedy).toContain(
    "Where to get it: Discord",
  );
  expect(findingsOf(outcome)).toEqual(
    expect.arrayContaining([
      { subject: "api.sprocket-staging.example.org", state: "ok", message: "leads to 192.0.2.1" },
      { subject: "certificates", state: "ok", message: "are shown by nobody yet: Traefik is not deployed" },
    ]),
  );
});

test("a Docker that does not answer has failed once, and the rest is looked at all the same", async () => {
  const outcome = await doctor({ dockerHost: "unix:///none/docker.sock" });

  expect(outcome).toMatchObject({ status: 1, stderr: "" });
  expect(failed(outcome)).toEqual([
    {
      subject: "Docker",
      state: "failed",
      message: expect.stringMatching(/^does not answer at unix:\/\/\/none\/docker\.sock: .*ENOENT/),
      remedy: "start Docker, or name another engine in DOCKER_HOST",
    },
  ]);
  const states = (wanted: string) =>
    findingsOf(outcome)
      .filter(({ state }) => state === wanted)
      .map(({ subject }) => subject);
  expect(states("ok")).toEqual(expect.arrayContaining(["Node.js", "Terraform", "Terraform's providers", "secrets"]));
  expect(states("unknown")).toEqual(["clock", "memory", "disk", "images", "Vault"]);
});

function portOf(url: string): number {
  return Number(new URL(url).port);
}
