import { readFileSync } from "node:fs";
import { join } from "node:path";
import { imageCatalogue } from "../../../config/images/catalogue";
import { PostgresServer } from "../../../constructs/data/postgres-server";
import { configsOf, dataStack, filesInContainer, secretsOf, storedValue } from "../../support/data";
import { serviceOf } from "../../support/services";
import { interpolated, resolved, synthesise } from "../../support/testing";

function postgres(image = imageCatalogue.postgres) {
  const { stack, networks, secrets } = dataStack({ images: { ...imageCatalogue, postgres: image } });
  const { access, service: server } = new PostgresServer(stack, "postgres", {
    network: networks.postgres,
    administratorPassword: secrets("postgres/administrator-password"),
  });
  const json = synthesise(stack);
  return { stack, networks, secrets, access, server, json, service: serviceOf(json, "postgres") };
}

const { stack, networks, secrets, access, server, json, service } = postgres();
const { command, args, env, mounts, healthcheck } = service.task_spec.container_spec;
const options: Readonly<Record<string, string>> = Object.fromEntries(
  args.filter((arg: string) => arg !== "-c").map((arg: string) => arg.split("=")),
);

test("is known as postgres on its network, and is on no other", () => {
  expect(service.task_spec.networks_advanced).toEqual([{ name: "id-of-postgres", aliases: ["postgres"] }]);
});

test("starts by the script, which makes the cluster on its volume", () => {
  const [, script = ""] = command;

  expect(filesInContainer(json, "postgres")[script]).toBe(
    readFileSync(join(__dirname, "../../../constructs/data/postgres/start.sh"), "utf8"),
  );
  expect(mounts).toEqual([{ type: "volume", source: "sprocket-local-postgres-data", target: env.DATA_FOLDER }]);
});

test("has its administrator's password in a secret alone", () => {
  expect(secretsOf(json, "postgres")).toEqual({
    [env.PASSWORD_FILE]: storedValue("postgres/administrator-password"),
  });
  expect(json.resource?.docker_secret?.postgres_administrator_password.name).toBe(
    `sprocket-local-postgres-administrator-password-${resolved(stack, secrets("postgres/administrator-password").version)}`,
  );
});

test("lets nobody in without a password, from wherever", () => {
  expect(configsOf(json, "postgres")[options.hba_file ?? ""]).toBe("host all all all scram-sha-256\n");
  expect(options).toMatchObject({ listen_addresses: "*", unix_socket_directories: "" });
});

test("counts as healthy once it answers as its image does", () => {
  const other = postgres({ ...imageCatalogue.postgres, healthCommand: ["CMD", "healthy"] });

  expect(healthcheck).toMatchObject({ test: ["CMD", "pg_isready", "-q", "-h", "127.0.0.1"], start_period: "2m" });
  expect(other.service.task_spec.container_spec.healthcheck).toMatchObject({
    test: ["CMD", "healthy"],
    start_period: "2m",
  });
});

test("is reached by its administrator as by applications, once it runs", () => {
  expect(access).toMatchObject({
    networks: [networks.postgres],
    host: "postgres",
    port: 5432,
    administrator: env.ADMINISTRATOR,
    maintenanceDatabase: "postgres",
    after: [server],
  });
  expect(access.caCertificate).toBeUndefined();
  expect(resolved(stack, access.password.at("/password"))).toMatchObject({
    kind: "secret",
    id: interpolated("docker_secret.postgres_administrator_password.id"),
  });
});
