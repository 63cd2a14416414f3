import { DATABASE_ROLE_NAMES, DATABASE_ROLES } from "../../../config/data/postgres";
import { PgBouncer } from "../../../constructs/data/pgbouncer";
import { foundationOutputs } from "../../../stacks/outputs";
import { configsOf, dataStack, secretsOf, settingsIn, storedValue } from "../../support/data";
import { serviceOf, smallService } from "../../support/services";
import { environmentNamed, interpolated, synthesise } from "../../support/testing";

/** What the smallest cluster lets in, but for its administrators. */
const CLUSTER_TAKES = 22;

const { stack, networks, secrets } = dataStack({ environment: environmentNamed("production") });
const { databaseHost: host, databasePort: port, databaseCaCertificate: caCertificate } = foundationOutputs.read(stack);
const roles = smallService(stack, "roles");
new PgBouncer(stack, "pgbouncer", { networks, secrets, cluster: { host, port, caCertificate }, after: [roles] });
const json = synthesise(stack);
const service = serviceOf(json, "pgbouncer");
const files = configsOf(json, "pgbouncer");
const [program, path] = service.task_spec.container_spec.command;
const sections: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.fromEntries(
  (files[path] ?? "")
    .split(/^(?=\[)/m)
    .map((section) => [/^\[(\w+)\]/.exec(section)?.[1] ?? "", settingsIn(section.replace(/^.*\n/, ""), " = ")]),
);
const outputs = "data.terraform_remote_state.foundation.outputs";

test("takes the place of the database on its network, and reaches the cluster by the way out", () => {
  expect(program).toBe("pgbouncer");
  expect(service.task_spec.networks_advanced).toEqual([
    { name: "id-of-postgres", aliases: ["postgres"] },
    { name: "id-of-egress" },
  ]);
  expect(sections.pgbouncer).toMatchObject({ listen_addr: "*", listen_port: "5432", unix_socket_dir: "" });
});

test("leads to each database of the cluster, and to no other", () => {
  const databases = [...new Set(DATABASE_ROLE_NAMES.map((role) => DATABASE_ROLES[role].database))];

  expect(sections.databases).toEqual(
    Object.fromEntries(
      databases.map((name) => [
        name,
        `host=${interpolated(`${outputs}.database_host`)} port=${interpolated(`${outputs}.database_port`)} dbname=${name}`,
      ]),
    ),
  );
});

test("trusts the cluster by its authority's certificate alone, and speaks no TLS to applications", () => {
  const { server_tls_ca_file = "", ...settings } = sections.pgbouncer ?? {};

  expect(settings).toMatchObject({ server_tls_sslmode: "verify-full", client_tls_sslmode: "disable" });
  expect(files[server_tls_ca_file]).toBe(interpolated(`${outputs}.database_ca_certificate`));
});

test("gives each role a pool, all of which together the cluster takes, with room for two more", () => {
  const pools = Object.values(sections.users ?? {}).map((setting) => Number(/^pool_size=(\d+)$/.exec(setting)?.[1]));

  expect(Object.keys(sections.users ?? {})).toEqual([...DATABASE_ROLE_NAMES]);
  expect(pools.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(CLUSTER_TAKES - 2);
  expect(sections.pgbouncer?.pool_mode).toBe("session");
});

test("knows each role's password by a secret's file, a line for each", () => {
  const lines = DATABASE_ROLE_NAMES.map(
    (role) => `join(" ", [jsonencode("${role}"), jsonencode(${storedValue(`postgres/${role}-password`)})])`,
  );

  expect(secretsOf(json, "pgbouncer")).toEqual({
    [sections.pgbouncer?.auth_file ?? ""]: `join("\\n", [${lines.join(", ")}, ""])`,
  });
  expect(sections.pgbouncer?.auth_type).toBe("md5");
});

test("starts once the roles are made, and beside its former self, because it keeps nothing", () => {
  expect(service.depends_on).toEqual(["docker_service.roles"]);
  expect(service.update_config.order).toBe("start-first");
});
