import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { DATABASE_ROLE_NAMES, DATABASE_ROLES } from "../../../config/data/postgres";
import { DatabaseRoles } from "../../../constructs/data/database-roles";
import { SwarmSecret } from "../../../constructs/swarm/swarm-secret";
import { configsOf, dataStack, filesInContainer, secretsOf, storedValue } from "../../support/data";
import { programsIn } from "../../support/programs";
import { rendered, serviceOf, smallService } from "../../support/services";
import { temporaryFolder } from "../../support/synthesis";
import { synthesise } from "../../support/testing";

const SCRIPTS = join(__dirname, "../../../constructs/data/postgres");

function databaseRoles(caCertificate?: string) {
  const { stack, networks, secrets } = dataStack();
  const server = smallService(stack, "server");
  const password = new SwarmSecret(stack, "administrator", secrets("postgres/administrator-password"));
  const access = {
    networks: [networks.postgres],
    host: "db.example.org",
    port: 25060,
    administrator: "doadmin",
    password,
    maintenanceDatabase: "defaultdb",
    caCertificate,
    after: [server],
  };
  const { ready } = new DatabaseRoles(stack, "roles", { server: access, secrets });
  smallService(stack, "api", { after: [ready] });
  const json = synthesise(stack);
  return { json, service: serviceOf(json, "roles"), files: filesInContainer(json, "roles") };
}

const { json, service, files } = databaseRoles();
const { env, args } = service.task_spec.container_spec;

/** A script that another one includes, with the variables that are set by then. */
interface Step {
  readonly script: string;
  readonly database: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** What a generated script of psql's does, step by step. */
function stepsOf(path: string): readonly Step[] {
  const steps: Step[] = [];
  const variables: Record<string, string> = {};
  let database = env.PGDATABASE;
  for (const line of (files[path] ?? "").split("\n")) {
    const [, command, name = "", value = ""] = /^\\(\w+) (\S+) ?(.*)$/.exec(line) ?? [];
    if (command === "set") {
      variables[name] = value;
    } else if (command === "connect") {
      database = name;
    } else if (command === "i") {
      steps.push({ script: name, database, variables: { ...variables } });
    }
  }
  return steps;
}

const made = stepsOf("/task/make.sql");
const verified = stepsOf("/task/verify-all.sql");
const rolesWith = (access: string) => DATABASE_ROLE_NAMES.filter((role) => DATABASE_ROLES[role].access === access);

describe("the scripts", () => {
  test("shut everybody out of what comes with the server, and make every role, then each database for its owner, and then let readers and guests in", () => {
    expect(made.map(({ script, variables }) => [script, variables.role])).toEqual([
      ["/task/maintenance.sql", undefined],
      ...DATABASE_ROLE_NAMES.map((role) => ["/task/role.sql", role]),
      ...rolesWith("owner").map((role) => ["/task/owner.sql", role]),
      ...rolesWith("reader").map((role) => ["/task/reader.sql", role]),
      ...rolesWith("guest").map((role) => ["/task/guest.sql", role]),
    ]);
  });

  test("prove for every role, in its database, what it may there and that it gets into no other", () => {
    expect(verified).toEqual(
      DATABASE_ROLE_NAMES.map((role) => {
        const { database, access } = DATABASE_ROLES[role];
        const owner = rolesWith("owner").find((each) => DATABASE_ROLES[each].database === database);
        return {
          script: "/task/verify.sql",
          database,
          variables: { role, database, access, owner },
        };
      }),
    );
  });

  test("give a guest a way in, and nothing beyond it", () => {
    const sql = files["/task/guest.sql"] ?? "";
    const verify = files["/task/verify.sql"] ?? "";
    const facts = verify.split(/^ *union all$/m).filter((fact) => fact.includes(":'access' = 'guest'"));

    expect(sql.match(/\bgrant [^;]*;/g)).toEqual(['grant connect on database :"database" to :"role";']);
    expect(facts).toEqual([expect.stringMatching(/^\s*select format\('it can read %s\.%s'/)]);
    // What a reader is shut out of a guest is shut out of too.
    expect(verify.match(/:'access' = 'reader' and(?! (not exists|privilege_type))/g)).toBeNull();
  });

  test("look for a way into every other database that there is and that is ours to close, declared or not", () => {
    const [query = ""] =
      /^ *select format\('it can connect to .*?(?=^ *union all)/ms.exec(files["/task/verify.sql"] ?? "") ?? [];
    const [, conditions = ""] = /\bfrom pg_database\s+where (.*)$/s.exec(query) ?? [];

    expect(conditions.trim().split(/\s+and\s+/)).toEqual([
      "datname <> :'database'",
      "datallowconn",
      "pg_has_role(current_user, datdba, 'usage')",
      "has_database_privilege(:'role', datname, 'connect')",
    ]);
    // The same that are closed.
    expect(files["/task/maintenance.sql"]).toMatch(
      /\bfrom pg_database\s+where datallowconn and \(datname = current_database\(\) or pg_has_role\(current_user, datdba, 'usage'\)\) \\gexec$/m,
    );
  });

  test.each([...made, ...verified])("find all that $script needs: $variables.role", ({ script, variables }) => {
    const sql = files[script] ?? "";
    const used = [...sql.matchAll(/(?<![:\w]):['"]?(\w+)/g)].map(([, name]) => name);
    const set = [...sql.matchAll(/(?:\\set| as) (\w+)/g)].map(([, name]) => name);
    const known = [...Object.keys(variables), "secrets", ...set];

    expect(sql).toBe(readFileSync(join(SCRIPTS, script.replace("/task/", "")), "utf8"));
    expect(used.filter((name) => !known.includes(name))).toEqual([]);
  });
});

test("each role's password is a file of its own, and so is the administrator's", () => {
  expect(secretsOf(json, "roles")).toEqual({
    ...Object.fromEntries(
      DATABASE_ROLE_NAMES.map((role) => [`/run/secrets/roles/${role}`, storedValue(`postgres/${role}-password`)]),
    ),
    "/run/secrets/administrator-password": storedValue("postgres/administrator-password"),
  });
});

test("comes after the server, and before what waits for it", () => {
  expect(service.depends_on).toEqual(["docker_service.server"]);
  expect(serviceOf(json, "api").depends_on).toEqual(["docker_service.roles"]);
});

describe("the server", () => {
  test("is reached as its administrator, without TLS where it speaks none", () => {
    expect(env).toMatchObject({
      PGHOST: "db.example.org",
      PGPORT: "25060",
      PGUSER: "doadmin",
      PGDATABASE: "defaultdb",
      PGSSLMODE: "disable",
    });
    expect(Object.keys(files)).not.toContain(env.PGSSLROOTCERT);
  });

  test("is trusted by its authority's certificate alone where it has one", () => {
    const trusting = databaseRoles("-----BEGIN CERTIFICATE-----");
    const { PGSSLMODE, PGSSLROOTCERT } = trusting.service.task_spec.container_spec.env;

    expect(PGSSLMODE).toBe("verify-full");
    expect(configsOf(trusting.json, "roles")[PGSSLROOTCERT]).toBe("-----BEGIN CERTIFICATE-----");
  });
});

describe("the shell", () => {
  const folder = temporaryFolder();
  const log = join(folder, "log");
  afterAll(() => rmSync(folder, { recursive: true }));

  mkdirSync(join(folder, "run/secrets/roles"), { recursive: true });
  for (const path of Object.keys(secretsOf(json, "roles"))) {
    writeFileSync(join(folder, path), `planted-as-${basename(path)}`);
  }
  const PATH = programsIn(folder, {
    sleep: "",
    pg_isready: `test -e ${folder}/ready || { touch ${folder}/ready; exit 2; }`,
    psql: `echo "$PGPASSWORD: $*" >>${log}\ntest "$PGPASSWORD" != "$REFUSED"`,
  });

  const [work = "", verify = ""] = [...rendered(args[0]).matchAll(/^\(\n(.*?)\n\) &$/gms)].map(([, script]) => script);

  /** Runs a script of the task with programs that only write down how they were called. */
  function run(script: string, refused = "") {
    rmSync(log, { force: true });
    const { status } = spawnSync("/bin/sh", ["-ec", script.replaceAll("/run/secrets", `${folder}/run/secrets`)], {
      env: { PATH, REFUSED: refused },
    });
    const calls = readFileSync(log, "utf8").trimEnd().replaceAll(folder, "").split("\n");
    return { status, calls };
  }

  const asAdministrator = (script: string) =>
    `planted-as-administrator-password: -X -q -v ON_ERROR_STOP=1 -v secrets=/run/secrets/roles -f /task/${script}`;
  const signingIn = DATABASE_ROLE_NAMES.map(
    (role) => `planted-as-${role}: -X -q -U ${role} -d ${DATABASE_ROLES[role].database} -c select 1`,
  );

  test("waits for the server and makes the roles as its administrator, with no password in an argument", () => {
    const reached = "planted-as-administrator-password: -X -c ";
    expect(run(work)).toEqual({ status: 0, calls: [reached, asAdministrator("make.sql")] });
  });

  test("proves that each role signs in with its password, and then its rights", () => {
    expect(run(verify)).toEqual({ status: 0, calls: [...signingIn, asAdministrator("verify-all.sql")] });
  });

  test.each([
    ["a role that cannot sign in", "planted-as-viewer", signingIn.slice(0, 2)],
    ["rights that are wrong", "planted-as-administrator-password", [...signingIn, asAdministrator("verify-all.sql")]],
  ])("fails for %s", (_, refused, calls) => {
    expect(run(verify, refused)).toEqual({ status: 1, calls });
  });
});
