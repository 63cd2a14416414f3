// Ends with 0 if every migration in the image has been applied to the database, and else says which have not. The
// program that applies them ends with 0 whether or not it could.
const { readdirSync, readFileSync } = require("node:fs");
const { createRequire } = require("node:module");

const PROJECT = "/app/core";
const { Client } = createRequire(`${PROJECT}/package.json`)("pg");
const { DB_HOST, DB_PORT, DB_USERNAME, DB_DATABASE, WITHOUT_SCHEMA } = process.env;

async function main() {
  const client = new Client({
    host: DB_HOST,
    port: Number(DB_PORT),
    user: DB_USERNAME,
    database: DB_DATABASE,
    password: readFileSync(`${PROJECT}/secret/db-password.txt`, "utf8").trim(),
    connectionTimeoutMillis: 20_000,
  });
  await client.connect();
  try {
    if (WITHOUT_SCHEMA === "allowed" && !(await hasTables(client))) {
      console.log("The database has no schema, and here it need not have one: no migration is applied.");
      return;
    }
    const applied = (await exists(client, "public.migrations"))
      ? (await client.query("select timestamp::text as timestamp from public.migrations")).rows
      : [];
    const missing = migrations().filter((name) => !applied.some(({ timestamp }) => name.startsWith(`${timestamp}-`)));
    if (missing.length > 0) {
      console.log(`Not applied to ${DB_DATABASE}: ${missing.join(", ")}`);
      process.exitCode = 1;
    }
  } finally {
    await client.end();
  }
}

/** The names of the image's migrations, each of which begins with its timestamp. */
function migrations() {
  return readdirSync(`${PROJECT}/migrations`)
    .filter((file) => /^\d+-.+\.ts$/.test(file))
    .sort();
}

async function hasTables(client) {
  const { rows } = await client.query(
    "select from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') limit 1",
  );
  return rows.length > 0;
}

async function exists(client, table) {
  const { rows } = await client.query("select to_regclass($1) is not null as exists", [table]);
  return rows[0].exists;
}

main().catch((error) => {
  console.error(`The migrations cannot be looked up: ${error.message}`);
  process.exitCode = 1;
});
