import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { App } from "cdktf";
import { checkEnvironments } from "../../config/environments";
import { production } from "../../config/environments/production";
import { imagesOf } from "../../config/images/catalogue";
import type { Cloud, Environment } from "../../config/schema";
import { Adoption } from "../../ops/adoption/adoption";
import { candidatesOf } from "../../ops/adoption/candidates";
import { importsIn } from "../../ops/adoption/imports";
import type { Judgement } from "../../ops/adoption/judgement";
import { firstErrorOf } from "../../ops/diagnosis/providers";
import { Workspace } from "../../ops/terraform/workspace";
import { Foundation } from "../../stacks/foundation";
import { WORK_FOLDER } from "../support/work-folder";

const FOLDER = join(WORK_FOLDER, "adoption");
const STACK = "production-foundation";
const TOKEN = `dop_v1_${"a".repeat(64)}`;

// A folder of the test's own in place of the project's.
jest.mock("../../ops/folders", () => {
  const { mkdirSync: make } = jest.requireActual("node:fs");
  const { join: path } = jest.requireActual("node:path");
  const { WORK_FOLDER: work } = jest.requireActual("../support/work-folder");
  const folder = path(work, "adoption");
  make(path(folder, "state"), { recursive: true });
  return { STACKS_FOLDER: path(folder, "stacks"), stateFile: (name: string) => path(folder, "state", name) };
});

const [environment] = checkEnvironments({ production }) as [Environment];
const cloud = environment.cloud as Cloud;
const ids = {
  vpc: "5a4981aa-9653-4bd1-bef5-d6bff52042e4",
  volume: "506f78a4-e098-11e5-ad9f-000f53306ae1",
  domain: production.hosts.kind === "domain" ? production.hosts.domain : "",
  droplet: { "manager-1": 100823 },
};

/** What DigitalOcean's API has: a machine that somebody made by hand, under other names than the program's. */
const existing = (machine: object = {}, network = "default-nyc3") => ({
  [`/v2/vpcs/${ids.vpc}`]: {
    vpc: { id: ids.vpc, name: network, region: cloud.region, ip_range: cloud.addresses, default: true },
  },
  [`/v2/volumes/${ids.volume}`]: {
    volume: {
      id: ids.volume,
      name: "by-hand",
      region: { slug: cloud.region },
      size_gigabytes: cloud.volumeGibibytes,
      filesystem_type: "ext4",
      filesystem_label: "by-hand",
      droplet_ids: [ids.droplet["manager-1"]],
      tags: [],
    },
  },
  [`/v2/domains/${ids.domain}`]: { domain: { name: ids.domain, ttl: 1800 } },
  [`/v2/droplets/${ids.droplet["manager-1"]}`]: {
    droplet: {
      id: ids.droplet["manager-1"],
      name: "by-hand",
      status: "active",
      image: { id: 1, slug: "ubuntu-24-04-x64" },
      size: { slug: cloud.droplet },
      size_slug: cloud.droplet,
      region: { slug: cloud.region },
      features: ["monitoring", "private_networking"],
      networks: { v4: [{ ip_address: "203.0.113.9", type: "public" }], v6: [] },
      volume_ids: [ids.volume],
      vpc_uuid: ids.vpc,
      tags: [],
      ...machine,
    },
  },
});

/** Synthesises the foundation, with its state beside it. */
function synthesise(): Foundation {
  const app = new App({ outdir: FOLDER });
  const stack = new Foundation(app, { environment, images: imagesOf(environment) });
  app.synth();
  const file = join(FOLDER, "stacks", STACK, "cdk.tf.json");
  const json = JSON.parse(readFileSync(file, "utf8"));
  json.terraform.backend = { local: { path: `../../state/${STACK}.tfstate` } };
  writeFileSync(file, JSON.stringify(json));
  return stack;
}

/** What keeps Terraform from having the provider, if anything does. */
function obstacleIn(folder: string): string | undefined {
  const { status, stdout, stderr } = spawnSync("terraform", ["init", "-backend=false", "-input=false", "-no-color"], {
    cwd: folder,
    encoding: "utf8",
  });
  return status === 0 ? undefined : firstErrorOf(`${stdout}${stderr}`);
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(join(FOLDER, "state"), { recursive: true });
const stack = synthesise();
const obstacle = obstacleIn(join(FOLDER, "stacks", STACK));

(obstacle === undefined ? describe : describe.skip)(
  `taking over what exists${obstacle === undefined ? "" : ` (${obstacle})`}`,
  () => {
    const { env } = process;
    const asked: string[] = [];
    let answers: Readonly<Record<string, object>> = {};
    const api = createServer(({ method, url = "" }, response) => {
      asked.push(`${method} ${url}`);
      const answer = method === "GET" ? answers[url] : undefined;
      response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer ?? { id: "not_found", message: "not found" }));
    });

    beforeAll(async () => {
      await new Promise<void>((listening) => api.listen(0, "127.0.0.1", listening));
      process.env = {
        ...env,
        DIGITALOCEAN_TOKEN: TOKEN,
        DIGITALOCEAN_API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
        SPACES_ACCESS_KEY_ID: "A".repeat(20),
        SPACES_SECRET_ACCESS_KEY: "a".repeat(40),
      };
    });
    afterAll(() => {
      process.env = env;
      api.close();
    });

    /** Has an API that has these things judged. */
    async function judgementOf(has: typeof answers): Promise<Judgement> {
      answers = has;
      const file = join(FOLDER, "ids.json");
      writeFileSync(file, JSON.stringify(ids));
      const adoption = new Adoption(new Workspace(STACK), new AbortController().signal);
      try {
        return await adoption.plan(importsIn(file, candidatesOf(stack)));
      } finally {
        await adoption.clear();
      }
    }

    const changed = ({ changed: changes }: Judgement, address: string) =>
      changes.find((change) => change.address === address)?.attributes.map(({ name }) => name);

    test("a machine that agrees is taken over where it is, whatever its name and image", async () => {
      const judgement = await judgementOf(existing());

      expect(judgement.destroyed).toEqual([]);
      expect(judgement.adopted.map(({ address }) => address)).toEqual([
        "digitalocean_domain.domain",
        "digitalocean_volume.data",
      ]);
      expect(changed(judgement, "digitalocean_droplet.manager_1")).toEqual(expect.arrayContaining(["name", "tags"]));
      expect(changed(judgement, "digitalocean_vpc.network")).toEqual(["name"]);
      expect(judgement.made.map(({ address }) => address)).toContain("digitalocean_database_cluster.postgres");
      expect(asked.filter((question) => !question.startsWith("GET "))).toEqual([]);
    });

    test("a machine of another region is refused, which says so", async () => {
      const judgement = await judgementOf(existing({ region: { slug: "fra1" } }));

      expect(judgement.destroyed).toEqual([
        expect.objectContaining({
          address: "digitalocean_droplet.manager_1",
          attributes: [{ name: "region", inWords: `"fra1" → "${cloud.region}"` }],
        }),
      ]);
    });

    test("what was taken over is the stack's own from then on, and has nothing to change", async () => {
      const file = join(FOLDER, "stacks", STACK, "cdk.tf.json");
      const whole = readFileSync(file, "utf8");
      const { terraform, provider, resource } = JSON.parse(whole);
      const { digitalocean_domain, digitalocean_vpc } = resource;
      writeFileSync(file, JSON.stringify({ terraform, provider, resource: { digitalocean_domain, digitalocean_vpc } }));
      answers = existing({}, digitalocean_vpc.network.name);
      const { signal } = new AbortController();
      const own = new Workspace(STACK);
      const adoption = new Adoption(own, signal);
      const imports = [
        { to: "digitalocean_vpc.network", id: ids.vpc },
        { to: "digitalocean_domain.domain", id: ids.domain },
      ];
      try {
        const { adopted, ...rest } = await adoption.plan(imports);
        expect(adopted).toHaveLength(2);
        expect(rest).toEqual({ changed: [], made: [], destroyed: [] });
        await adoption.apply();
        await own.init({ signal });

        expect(await own.plan({ signal })).toEqual({ changes: [], isEmpty: true });
        expect((await own.resources()).map(({ type }) => type).sort()).toEqual([
          "digitalocean_domain",
          "digitalocean_vpc",
        ]);
      } finally {
        await adoption.clear();
        writeFileSync(file, whole);
        rmSync(join(FOLDER, "state"), { recursive: true });
        mkdirSync(join(FOLDER, "state"));
      }
    });

    test("what is not there is said by Terraform", async () => {
      const { [`/v2/domains/${ids.domain}`]: _, ...rest } = existing();

      await expect(judgementOf(rest)).rejects.toThrow(/Cannot import non-existent remote object/);
    });
  },
);
