import { forgetRollbacks } from "../../../ops/swarm/rollbacks";
import { swarmService } from "../../support/docker-engine";
import { type Swarm, swarm } from "../../support/swarm";

const Version = { Index: 7 };
const updated = (name: string, State: string) => ({ ...swarmService(name), Version, UpdateStatus: { State } });

let engine: Swarm;

beforeEach(async () => {
  engine = await swarm({
    services: [
      updated("api", "rollback_completed"),
      updated("web", "completed"),
      updated("bot", "rollback_completed"),
      updated("elo", "rollback_paused"),
      { ...swarmService("vault"), Version },
    ],
  });
});
afterEach(() => engine.close());

test("a service that was rolled back to what is declared is told to be what it is", async () => {
  const { Spec } = swarmService("api") as { Spec: object };

  expect(await forgetRollbacks(engine.docker, ["api", "web", "elo", "vault", "none"])).toBe(true);
  expect(engine.told.map(({ what, query }) => [what, query.get("version")])).toEqual([
    ["POST /services/id-of-api/update", "7"],
  ]);
  expect(JSON.parse(engine.told[0]?.body ?? "")).toEqual(expect.objectContaining(Spec));
});

test("where none was rolled back nothing is told", async () => {
  expect(await forgetRollbacks(engine.docker, ["web", "elo", "vault"])).toBe(false);
  expect(engine.told).toEqual([]);
});
