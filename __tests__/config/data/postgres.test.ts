import {
  DATABASE_ROLE_NAMES,
  DATABASE_ROLES,
  type DatabaseAccess,
  POSTGRES_MAJOR_VERSION,
} from "../../../config/data/postgres";
import { imageCatalogue } from "../../../config/images/catalogue";

const rolesWith = (access: DatabaseAccess) =>
  DATABASE_ROLE_NAMES.map((name) => ({ name, ...DATABASE_ROLES[name] })).filter((role) => role.access === access);
const owned = rolesWith("owner").map(({ database }) => database);

test("a database has one owner, also where it has readers and guests", () => {
  const others = [...rolesWith("reader"), ...rolesWith("guest")];

  expect(new Set(owned).size).toBe(owned.length);
  expect(others.filter(({ database }) => !owned.includes(database))).toEqual([]);
});

test("no role and no database is one of the server's own, or needs quotes", () => {
  const names = [...DATABASE_ROLE_NAMES, ...owned];

  expect(names.filter((name) => !/^[a-z][a-z_]*$/.test(name))).toEqual([]);
  expect(
    names.filter((name) => /^(administrator|doadmin|postgres|defaultdb|template|pg_|public$|all$)/.test(name)),
  ).toEqual([]);
});

test("nobody signs in as two roles of one database", () => {
  const signIns = DATABASE_ROLE_NAMES.flatMap((role) =>
    DATABASE_ROLES[role].users.map((user) => `${user} in ${DATABASE_ROLES[role].database}`),
  );

  expect(new Set(signIns).size).toBe(signIns.length);
});

test("the container is of the managed cluster's major version", () => {
  expect(imageCatalogue.postgres.reference).toContain(`/postgres:${POSTGRES_MAJOR_VERSION}.`);
});
