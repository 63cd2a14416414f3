import { BUCKET_NAMES, BUCKET_USER_NAMES, BUCKET_USERS } from "../../../config/data/object-storage";

test.each(BUCKET_NAMES)("the bucket %s has somebody who fills it", (bucket) => {
  const writers = BUCKET_USER_NAMES.filter(
    (user) => BUCKET_USERS[user].bucket === bucket && BUCKET_USERS[user].access === "readwrite",
  );

  expect(writers).not.toEqual([]);
});

test("no user is the S3 server's administrator", () => {
  expect(BUCKET_USER_NAMES).not.toContain("root");
});

test("backups are out of every application's reach", () => {
  expect(BUCKET_USER_NAMES.filter((user) => BUCKET_USERS[user].bucket === "backups")).toEqual(["backup"]);
});
