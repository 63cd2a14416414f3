import { removeLeftBehind } from "../../../ops/deployment/left-behind";
import { swarmService } from "../../support/docker-engine";
import { workspaceWith } from "../../support/environment-work";
import { type Swarm, type SwarmContent, swarm, swarmNetwork, swarmObject } from "../../support/swarm";

const PREFIX = "sprocket-local";
const since = new Date("2026-01-01T12:00:00Z");
const cutOff = { since, names: ["api", "secret", "config", "net", "old", "known"].map((name) => `${PREFIX}-${name}`) };
const before = new Date(since.getTime() - 1);
const volumes = [{ Name: `${PREFIX}-data` }];

let engine: Swarm | undefined;

async function holding(content: Partial<SwarmContent>): Promise<Swarm> {
  engine = await swarm({ volumes, ...content });
  return engine;
}

const toldTo = ({ told }: Swarm) => told.map(({ what }) => what);

afterEach(() => engine?.close());

test("what a deploy made and no state knows is removed, first what uses others, and no volume", async () => {
  const made = await holding({
    networks: [swarmNetwork(`${PREFIX}-net`, since)],
    configs: [swarmObject(`${PREFIX}-config`, since)],
    secrets: [swarmObject(`${PREFIX}-secret`, since)],
    services: [{ ...swarmService(`${PREFIX}-api`), CreatedAt: since.toISOString() }],
  });

  expect(await removeLeftBehind(made.docker, PREFIX, cutOff, [workspaceWith()])).toEqual([
    `${PREFIX}-api`,
    `${PREFIX}-secret`,
    `${PREFIX}-config`,
    `${PREFIX}-net`,
  ]);
  expect(toldTo(made)).toEqual([
    `DELETE /services/id-of-${PREFIX}-api`,
    `DELETE /secrets/id-of-${PREFIX}-secret`,
    `DELETE /configs/id-of-${PREFIX}-config`,
    `DELETE /networks/id-of-${PREFIX}-net`,
  ]);
});

test.each<[string, Partial<SwarmContent>]>([
  ["the deploy did not begin to make", { secrets: [swarmObject(`${PREFIX}-apis`, since)] }],
  ["was there before the deploy", { secrets: [swarmObject(`${PREFIX}-old`, before)] }],
  ["is another environment's", { secrets: [swarmObject("sprocket-lan-secret", since)] }],
  ["a layer's state knows", { secrets: [swarmObject(`${PREFIX}-known`, since)] }],
  ["another layer's state knows", { networks: [swarmNetwork(`${PREFIX}-net`, since)] }],
])("what %s stays", async (_, content) => {
  const made = await holding(content);
  const layers = [
    workspaceWith(["docker_secret", `${PREFIX}-known`], ["vault_mount", "kv"]),
    workspaceWith(["docker_network", `${PREFIX}-net`]),
  ];

  expect(await removeLeftBehind(made.docker, PREFIX, cutOff, layers)).toEqual([]);
  expect(made.told).toEqual([]);
});

test("the end of a name, which nobody knows before the apply, is of no account", async () => {
  const made = await holding({ configs: [swarmObject(`${PREFIX}-config-5a6d52`, since)] });

  expect(await removeLeftBehind(made.docker, PREFIX, cutOff, [workspaceWith()])).toEqual([`${PREFIX}-config-5a6d52`]);
});

test("a name that a state knows of something of another kind does not keep it", async () => {
  const made = await holding({ secrets: [swarmObject(`${PREFIX}-api`, since)] });

  expect(
    await removeLeftBehind(made.docker, PREFIX, cutOff, [workspaceWith(["docker_service", `${PREFIX}-api`])]),
  ).toEqual([`${PREFIX}-api`]);
});

test("where a state cannot be read nothing is removed", async () => {
  const made = await holding({ secrets: [swarmObject(`${PREFIX}-secret`, since)] });
  const unreadable = { ...workspaceWith(), resources: () => Promise.reject(new Error("no such bucket")) };

  await expect(removeLeftBehind(made.docker, PREFIX, cutOff, [unreadable as never])).rejects.toThrow("no such bucket");
  expect(made.told).toEqual([]);
});
