import { DatabaseSchema } from "../../../constructs/apps/database-schema";
import { Migrations } from "../../../constructs/apps/migrations";
import { applicationStack } from "../../support/applications";
import { configsOf, secretsOf, storedValue } from "../../support/data";
import { serviceOf } from "../../support/services";
import { environmentNamed, interpolated, synthesise } from "../../support/testing";

function tasks(name = "local") {
  const { stack, backing } = applicationStack({ environment: environmentNamed(name) });
  const schema = new DatabaseSchema(stack, "schema", backing);
  new Migrations(stack, "migrations", { backing, schema });
  const json = synthesise(stack);
  return { json, schema: serviceOf(json, "schema"), migrations: serviceOf(json, "migrations") };
}

const { json, schema, migrations } = tasks();

describe("the schema", () => {
  test("is restored by its owner, from the file that a person names or from none", () => {
    const { env } = schema.task_spec.container_spec;

    expect(env).toMatchObject({ PGHOST: "postgres", PGPORT: 5432, PGUSER: "sprocket", PGDATABASE: "sprocket" });
    expect(secretsOf(json, "schema")).toEqual({ [env.PASSWORD_FILE]: storedValue("postgres/sprocket-password") });
    expect(configsOf(json, "schema")[env.DUMP_FILE]).toBe(
      interpolated('nonsensitive((length(var.schema_dump) < 1)) ? "none" : filebase64(var.schema_dump)'),
    );
    expect(json.variable?.schema_dump).toMatchObject({ type: "string", default: "", nullable: false });
  });
});

describe("the migrations", () => {
  test("run after the schema, and again after another one", () => {
    expect(migrations.depends_on).toEqual(["docker_service.schema"]);
    expect(migrations.task_spec.container_spec.env.SPROCKET_SCHEMA_REVISION).toBe(
      interpolated("docker_config.schema_dump.name"),
    );
  });

  test("run the API's own image, which writes where it compiles", () => {
    const { image, read_only, env } = migrations.task_spec.container_spec;

    expect({ image, read_only }).toEqual({ image: expect.stringContaining("/core:"), read_only: false });
    expect(env).toMatchObject({
      DB_HOST: "postgres",
      DB_PORT: 5432,
      DB_USERNAME: "sprocket",
      DB_DATABASE: "sprocket",
    });
    expect(secretsOf(json, "migrations")).toEqual({
      "/app/core/secret/db-password.txt": storedValue("postgres/sprocket-password"),
    });
  });

  test("are judged by the database, before and after the work", () => {
    const [script] = migrations.task_spec.container_spec.args;

    expect(script.match(/node \/task\/migrations\.cjs/g)).toHaveLength(2);
    expect(Object.keys(configsOf(json, "migrations"))).toEqual(["/task/migrations.cjs"]);
  });
});
