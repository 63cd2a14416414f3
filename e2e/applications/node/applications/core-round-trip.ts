import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { Pool } from "pg";
import type { Given } from "../contract/given";
import type { Bucket } from "../services/bucket";
import type { Events } from "../services/events";
import { readDocument } from "../services/redis";
import type { RpcClient } from "../services/rpc-client";
import { VERSION } from "../services/version";
import { PATTERNS, type ParseAnswer, type ParseQuestion, submissionKey } from "./messages";

/** What core is connected to. */
export interface CoreConnections {
  readonly given: Given;
  readonly pool: Pool;
  readonly redis: Redis;
  readonly cache: Redis;
  readonly replays: Bucket;
  readonly events: Events;
  readonly rpc: RpcClient;
}

interface Player {
  readonly id: number;
  readonly name: string;
}

const CACHE_SECONDS = 60;

/** Has a replay parsed, by way of everything that a real upload passes through. */
export async function roundTrip(connections: CoreConnections) {
  const { given, pool, redis, replays, rpc } = connections;
  const player = await anyPlayer(connections);
  // The worker tells its progress on a queue of this name, and may only use names like it.
  const submissionId = `scrim-${randomUUID()}`;
  const replayObjectPath = `replays/${submissionId}.replay`;
  await replays.put(replayObjectPath, `a replay of ${player.name}`);
  const question: ParseQuestion = { submissionId, replayObjectPath };
  const answer = await rpc.ask<ParseAnswer>(given.text("transport.submission_queue"), PATTERNS.parse, question);
  await pool.query("INSERT INTO sprocket.round_trip (id, parsed) VALUES ($1, $2)", [
    submissionId,
    JSON.stringify(answer.parsed),
  ]);
  const { rows } = await pool.query<{ parsed: unknown }>("SELECT parsed FROM sprocket.round_trip WHERE id = $1", [
    submissionId,
  ]);
  const submission = await readDocument(redis, submissionKey(given.text("redis.prefix"), submissionId));
  await rpc.tell(given.text("transport.analytics_queue"), PATTERNS.analytics, {
    name: "roundTrip",
    tags: [["version", VERSION]],
    ints: [["progress", answer.progress]],
  });
  return { player, parsed: rows[0]?.parsed, submission, ...workerOf(answer), version: VERSION };
}

function workerOf({ worker, progress }: ParseAnswer) {
  return { worker, progress };
}

/** From the database, and from then on for a while from the cache. */
async function anyPlayer({ given, pool, cache }: CoreConnections): Promise<Player> {
  const key = `${given.text("redis.prefix")}:cache:player`;
  const remembered = await cache.get(key);
  if (remembered !== null) {
    return JSON.parse(remembered) as Player;
  }
  const { rows } = await pool.query<Player>("SELECT id, name FROM mledb.player ORDER BY id LIMIT 1");
  const [player] = rows;
  if (player === undefined) {
    throw new Error("mledb.player has no row");
  }
  await cache.set(key, JSON.stringify(player), "EX", CACHE_SECONDS);
  return player;
}
