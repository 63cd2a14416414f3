import type { Given } from "../contract/given";
import { Bucket } from "../services/bucket";
import { html, json, listen, type Routes } from "../services/http";
import { poolOf } from "../services/postgres";
import { askOnce } from "../services/rpc-once";
import type { Application } from "./application";
import { type ImageMessage, PATTERNS } from "./messages";

const PORT = Number(process.env.PORT ?? 3000);
const HEALTH_PATH = "/api/imageTypes";
const CONNECTIONS = 2;

const HOME: Routes = { "/": () => html("<h1>Image generation</h1>") };

/** The tool for images. Its first page needs nothing at all. */
export const imageGenerationFrontend: Application = {
  entry: "/app/clients/image-generation-frontend/build/index.js",
  start,
  whenStartFails: "ends",
  answersFaults: (faults) =>
    listen({ port: PORT, routes: HOME, healthPath: HEALTH_PATH, otherwise: () => json({ faults }, 500) }),
};

async function start(given: Given): Promise<void> {
  const pool = poolOf({
    host: given.text("knex.host"),
    port: given.number("knex.port"),
    user: given.text("knex.user"),
    password: given.secret("db-secret.txt"),
    database: given.text("knex.database"),
    ssl: false,
    max: CONNECTIONS,
  });
  const images = new Bucket({
    host: given.text("minio.endpoint"),
    port: given.number("minio.port"),
    secure: given.flag("minio.ssl"),
    name: given.text("minio.bucket"),
    accessKeyId: given.secret("minio-access.txt"),
    secretAccessKey: given.secret("minio-secret.txt"),
  });
  const routes: Routes = {
    ...HOME,
    [HEALTH_PATH]: async () => {
      const { rows } = await pool.query('SELECT "reportCode", "displayName" FROM sprocket.image_template ORDER BY id');
      return json({ imageTypes: rows, images: await images.keys() });
    },
    "/api/presigned": async ({ searchParams }) => {
      const method = searchParams.get("method") === "PUT" ? "PUT" : "GET";
      return json({ url: await images.presigned(searchParams.get("key") ?? "missing", method) });
    },
    "/api/run": async () => {
      const queue = given.text("transport.image_generation_queue");
      return json(await askOnce<ImageMessage>(given.text("transport.url"), queue, PATTERNS.generateImage, {}));
    },
  };
  listen({ port: PORT, routes, healthPath: HEALTH_PATH });
}
