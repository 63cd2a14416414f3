import { BUCKET_USERS, type BucketUserName } from "../../config/data/object-storage";
import { brokerNames, RABBITMQ_VIRTUAL_HOST } from "../../config/data/rabbitmq";
import { publicUrl } from "../../config/hosts";
import { environment } from "../environment";
import { SECRETS_FOLDER } from "../stacks/client";
import { deployDataServices } from "../support/deployment";
import { eventually } from "../support/eventually";
import { askHost } from "../support/http";
import { measured } from "../support/report";
import { engine, execIn, killContainersOf, runningHealthy } from "../support/swarm";
import { Terraform } from "../support/terraform";

const { queues: QUEUES, events: EVENTS } = brokerNames(environment);
const S3_URL = publicUrl(environment, "s3");

const layer2 = new Terraform("e2e-layer-2");
const client = new Terraform("e2e-foundation");

beforeAll(async () => {
  await deployDataServices();
  await client.init();
  await client.mustApply();
});

// Into a database with anything in it no schema is restored.
afterAll(async () => {
  await query("sprocket", "sprocket", "drop schema if exists e2e cascade");
});

/** The beginning of every program that runs in the client. */
const PRELUDE = `
  const { readFileSync } = require("node:fs");
  setTimeout(() => process.exit(1), 20_000).unref();
  const secret = (path) => readFileSync("${SECRETS_FOLDER}/" + path, "utf8");
`;

/** Runs a program in the client, which prints what it found as JSON. */
async function inClient(program: string): Promise<unknown> {
  const printed = await execIn("client", [
    "node",
    "-e",
    `${PRELUDE}(async () => {${program}})().then((found) => console.log(JSON.stringify(found)), (error) => console.log(JSON.stringify({ refused: error.message })))`,
  ]);
  return JSON.parse(printed.trim().split("\n").at(-1) ?? "");
}

test("nothing is left to do: the second plan of the data services is empty", async () => {
  const { exitCode, seconds } = await layer2.plan();
  expect(exitCode).toBe(0);
  measured("plan of the data services with nothing to change", `${seconds.toFixed(1)} s`);
});

test("none of them is reached from outside but by Traefik", async () => {
  const publishing = (await engine.listServices()).filter(
    ({ Spec }) => Spec?.Name?.startsWith(`${environment.prefix}-`) && (Spec.EndpointSpec?.Ports ?? []).length > 0,
  );
  expect(publishing.map(({ Spec }) => Spec?.Name)).toEqual([`${environment.prefix}-traefik`]);
});

/** Sends commands to Redis on one connection, and gives the answer's lines. */
const redis = (...commands: string[][]) =>
  inClient(`
    const socket = require("node:net").connect(6379, "sprocket-e2e-redis");
    for (const command of ${JSON.stringify([...commands, ["QUIT"]])}) {
      const words = command.map((word) => word.replace("<password>", secret("redis/password")));
      socket.write("*" + words.length + "\\r\\n" + words.map((word) => "$" + word.length + "\\r\\n" + word + "\\r\\n").join(""));
    }
    let answer = "";
    for await (const chunk of socket) answer += chunk;
    return answer.trim().split("\\r\\n").slice(0, -1);
  `);
const SIGN_IN = ["AUTH", "<password>"];

/** Asks PostgreSQL as one of its roles. */
const query = (role: string, database: string, sql: string) =>
  inClient(`
    const { Client } = require("/node_modules/pg");
    const client = new Client({ host: "postgres", user: "${role}", database: "${database}", password: secret("postgres/${role}-password") });
    await client.connect();
    try {
      return (await client.query(${JSON.stringify(sql)})).rows ?? [];
    } finally {
      await client.end();
    }
  `);

/** The line of a program that makes a `client` of object storage with a user's key. */
const signingAs = (user: string) =>
  `const client = new (require("/node_modules/aws4fetch").AwsClient)({ accessKeyId: secret("object-storage/${user}-access-key-id"), secretAccessKey: secret("object-storage/${user}-secret-access-key"), service: "s3", region: "us-east-1" });`;

/** Asks object storage as one of its users. */
const s3 = (user: string, method: string, path: string, body?: string) =>
  inClient(`
    ${signingAs(user)}
    const answer = await client.fetch("${S3_URL}/${path}", { method: "${method}", body: ${JSON.stringify(body)} });
    return { status: answer.status, text: await answer.text() };
  `);

/** Sends InfluxDB points with somebody's token. */
const write = (holder: string, bucket: string, points: string) =>
  inClient(`
    const answer = await fetch("http://sprocket-e2e-influxdb:8086/api/v2/write?org=sprocket&bucket=${bucket}", {
      method: "POST",
      headers: { authorization: "Token " + secret("influxdb/${holder}-token"), "content-type": "text/plain" },
      body: ${JSON.stringify(points)},
    });
    return { status: answer.status, text: await answer.text() };
  `);
/** What a bucket holds, for somebody who reads it with a password. */
const shownTo = (reader: string, bucket: string) =>
  inClient(`
    const question = encodeURIComponent('SELECT * FROM "match"');
    const known = Buffer.from("${reader}:" + secret("influxdb/${reader}-password")).toString("base64");
    const answer = await fetch("http://sprocket-e2e-influxdb:8086/query?db=${bucket}&q=" + question, {
      headers: { authorization: "Basic " + known },
    });
    return { status: answer.status, text: await answer.text() };
  `);

describe("Redis", () => {
  test("refuses whoever does not know the password", async () => {
    expect(await redis(["PING"])).toEqual(["-NOAUTH Authentication required."]);
    expect(await redis(["AUTH", "wrong"], ["PING"])).toEqual([
      expect.stringContaining("-WRONGPASS"),
      expect.stringContaining("-NOAUTH"),
    ]);
  });

  test("keeps JSON documents for whoever knows it", async () => {
    expect(
      await redis(SIGN_IN, ["JSON.SET", "scrim", "$", '{"players":2}'], ["JSON.GET", "scrim", "$.players"]),
    ).toEqual(["+OK", "+OK", "$3", "[2]"]);
  });

  test("never makes room by forgetting, and writes down what it is told", async () => {
    const answer = await redis(SIGN_IN, ["CONFIG", "GET", "maxmemory-policy"], ["CONFIG", "GET", "appendonly"]);
    expect(answer).toEqual(expect.arrayContaining(["noeviction", "yes"]));
  });
});

describe("RabbitMQ", () => {
  /** Runs a program with a channel of the library that the applications have. */
  const amqp = (user: string, program: string) =>
    inClient(`
      const url = "amqp://${user}:" + secret("rabbitmq/${user}-password") + "@sprocket-e2e-rabbitmq:5672/${RABBITMQ_VIRTUAL_HOST}?heartbeat=60&frameMax=8192";
      const connection = await require("/node_modules/amqplib").connect(url);
      try {
        const channel = await connection.createChannel();
        const failed = new Promise((_, reject) => channel.on("error", reject));
        failed.catch(() => {});
        return await Promise.race([failed, (async () => {${program}})()]);
      } finally {
        await connection.close();
      }
    `);

  test("has no guest", async () => {
    expect(await execIn("rabbitmq", ["rabbitmqctl", "-q", "list_users"])).not.toMatch(/^guest\b/m);
    const printed = await inClient(
      `return (await require("/node_modules/amqplib").connect("amqp://guest:guest@sprocket-e2e-rabbitmq:5672/")).close()`,
    );
    expect(printed).toEqual({ refused: expect.stringContaining("ACCESS_REFUSED") });
  });

  test("takes a request from one application to another, and the answer back", async () => {
    const asked = amqp(
      "core",
      `
      await channel.assertQueue("${QUEUES.analytics}", { durable: true });
      const reply = new Promise((resolve) => channel.consume("amq.rabbitmq.reply-to", ({ content }) => resolve(content.toString()), { noAck: true }).then(() =>
        channel.sendToQueue("${QUEUES.analytics}", Buffer.from("2"), { replyTo: "amq.rabbitmq.reply-to" })));
      return reply;
    `,
    );
    const answered = amqp(
      "server-analytics-service",
      `
      await channel.assertQueue("${QUEUES.analytics}", { durable: true });
      await new Promise((resolve) => channel.consume("${QUEUES.analytics}", async ({ content, properties }) => {
        channel.sendToQueue(properties.replyTo, Buffer.from(String(Number(content) * 2)));
        setTimeout(resolve, 500);
      }, { noAck: true }));
      return "answered";
    `,
    );
    expect(await Promise.all([asked, answered])).toEqual(["4", "answered"]);
  });

  test.each([
    ["reads another's queue", "server-analytics-service", `await channel.consume("${QUEUES.bot}", () => {})`],
    [
      "declares another's queue",
      "server-analytics-service",
      `await channel.assertQueue("${QUEUES.core}", { durable: true })`,
    ],
    ["makes a queue of its own", "image-generation-service", 'await channel.assertQueue("mine")'],
    [
      "hears events that are not for it",
      "image-generation-service",
      `await channel.assertExchange("${EVENTS}", "topic")`,
    ],
    ["steers Celery's workers", "core", 'await channel.assertExchange("celery.pidbox", "fanout")'],
  ])("refuses an application that %s", async (_what, user, program) => {
    expect(await amqp(user, program)).toEqual({ refused: expect.stringContaining("ACCESS-REFUSED") });
  });

  test("forgets requests that nobody took", async () => {
    const printed = await execIn("rabbitmq", [
      "rabbitmqctl",
      "list_queues",
      "-q",
      "-p",
      RABBITMQ_VIRTUAL_HOST,
      "name",
      "policy",
    ]);
    expect(printed).toMatch(new RegExp(`${QUEUES.analytics}\\s+requests`));
  });

  test("is shown to operators", async () => {
    expect((await askHost("rabbitmq")).status).toBe(200);
  });
});

describe("PostgreSQL", () => {
  test("gives a database to its owner", async () => {
    await query(
      "sprocket",
      "sprocket",
      "create schema if not exists e2e; create table if not exists e2e.player (name text); insert into e2e.player values ('a')",
    );
    expect(await query("sprocket", "sprocket", "select count(*) > 0 as some from e2e.player")).toEqual([
      { some: true },
    ]);
  });

  test("lets a reader read what came later, and write nothing", async () => {
    expect(await query("viewer", "sprocket", "select count(*) > 0 as some from e2e.player")).toEqual([{ some: true }]);
    expect(await query("viewer", "sprocket", "begin read write; insert into e2e.player values ('b')")).toEqual({
      refused: "permission denied for table player",
    });
    expect(await query("viewer", "sprocket", "create table public.own (id int)")).toEqual({
      refused: expect.stringMatching(/read-only transaction|permission denied/),
    });
  });

  test.each([
    ["sprocket", "postgres"],
    ["viewer", "postgres"],
    ["telegraf", "postgres"],
  ])("does not let %s into the database %s", async (role, database) => {
    expect(await query(role, database, "select 1")).toEqual({
      refused: expect.stringContaining("permission denied for database"),
    });
  });

  test("lets a guest in, and shows him the server's figures alone", async () => {
    expect(await query("telegraf", "sprocket", "select numbackends > 0 as some from pg_stat_database limit 1")).toEqual(
      [{ some: expect.any(Boolean) }],
    );
    expect(await query("telegraf", "sprocket", "select * from e2e.player")).toEqual({
      refused: "permission denied for schema e2e",
    });
  });
});

describe("object storage", () => {
  const users = Object.keys(BUCKET_USERS) as BucketUserName[];

  test("opens to each key its own bucket, and no other", async () => {
    const buckets = ["images", "replays", "backups"];
    for (const user of users) {
      const statuses = await Promise.all(
        buckets.map(async (bucket) => ((await s3(user, "GET", `${bucket}?list-type=2`)) as { status: number }).status),
      );
      expect([user, ...statuses]).toEqual([
        user,
        ...buckets.map((bucket) => (bucket === BUCKET_USERS[user].bucket ? 200 : 403)),
      ]);
    }
  });

  test("lets readers read and writers write", async () => {
    expect(await s3("core", "PUT", "replays/one.replay", "replay")).toMatchObject({ status: 200 });
    expect(await s3("submission-service", "GET", "replays/one.replay")).toEqual({ status: 200, text: "replay" });
    expect(await s3("submission-service", "PUT", "replays/two.replay", "replay")).toMatchObject({ status: 403 });
    expect(await s3("core", "GET", "replays?location")).toMatchObject({ status: 200 });
    expect(await s3("core", "PUT", "own-bucket")).toMatchObject({ status: 403 });
  });

  test("takes a presigned URL from a browser and from a container", async () => {
    const presigned = (await inClient(`
      ${signingAs("core")}
      const { url } = await client.sign("${S3_URL}/replays/one.replay?X-Amz-Expires=300", { aws: { signQuery: true } });
      return url;
    `)) as string;
    const { pathname, search } = new URL(presigned);
    const origin = publicUrl(environment, "image-generation");
    const browser = await askHost("s3", {
      path: `${pathname}${search}`,
      headers: { host: new URL(S3_URL).host, origin },
    });
    const container = await inClient(`return (await fetch(${JSON.stringify(presigned)})).text()`);

    expect(browser).toMatchObject({ status: 200, body: "replay" });
    expect(browser.headers["access-control-allow-origin"]).toBe(origin);
    expect(container).toBe("replay");
    expect((await askHost("s3", { path: pathname, headers: { host: new URL(S3_URL).host } })).status).toBe(403);
  });
});

describe("InfluxDB", () => {
  test("takes points from a writer into its bucket, and no other", async () => {
    expect(await write("server-analytics-service", "analytics", "match goals=3")).toMatchObject({ status: 204 });
    expect(await write("server-analytics-service", "_monitoring", "match goals=3")).not.toMatchObject({ status: 204 });
  });

  test("shows them to a reader, and no other bucket", async () => {
    await eventually("the point can be read", 10, async () =>
      JSON.stringify(await shownTo("grafana", "analytics")).includes("goals"),
    );
    expect(JSON.stringify(await shownTo("grafana", "_monitoring"))).not.toContain("values");
  });

  test("is shown to operators", async () => {
    expect((await askHost("influxdb", { path: "/health" })).status).toBe(200);
  });
});

describe("data", () => {
  test("survives killed containers, and the tasks that work again change nothing", async () => {
    const services = ["redis", "postgres", "s3", "influxdb", "rabbitmq"];
    const started = performance.now();
    await Promise.all(services.map((service) => killContainersOf(service)));
    await eventually("PostgreSQL has what it had", 120, async () => {
      const found = await query("sprocket", "sprocket", "select name from e2e.player");
      return Array.isArray(found) && found.length > 0;
    });
    await eventually("Redis has what it had", 60, async () =>
      String(await redis(SIGN_IN, ["JSON.GET", "scrim"])).includes('{"players":2}'),
    );
    await eventually("object storage has what it had", 60, async () => {
      const { text } = (await s3("submission-service", "GET", "replays/one.replay")) as { text: string };
      return text === "replay";
    });
    await eventually("InfluxDB has what it had", 60, async () =>
      JSON.stringify(await shownTo("grafana", "analytics")).includes("goals"),
    );
    measured(
      "five data services killed at once, until the data was there again",
      `${((performance.now() - started) / 1000).toFixed(1)} s`,
    );
    const tokens = await execIn("client", ["cat", `${SECRETS_FOLDER}/influxdb/server-analytics-service-token`]);
    await Promise.all(["postgres-roles", "s3-buckets", "influxdb-tokens"].map((task) => killContainersOf(task)));
    await eventually("the tasks are healthy again", 60, () => runningHealthy("influxdb-tokens"));
    await client.mustApply();
    expect(await execIn("client", ["cat", `${SECRETS_FOLDER}/influxdb/server-analytics-service-token`])).toBe(tokens);
    expect((await layer2.plan()).exitCode).toBe(0);
  });
});
