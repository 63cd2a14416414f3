import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const FOLDER = resolve(__dirname, "../../constructs");
const scripts = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".sh"));

test.each(scripts)("the shell can read %s", (path) => {
  const { status, stderr } = spawnSync("/bin/sh", ["-n", join(FOLDER, path)], { encoding: "utf8" });

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

const isThere = spawnSync("shellcheck", ["--version"]).error === undefined;
(isThere ? describe : describe.skip)(`shellcheck${isThere ? "" : " (skipped: there is no such program)"}`, () => {
  test.each(scripts)("finds nothing in %s", (path) => {
    const { status, stdout } = spawnSync("shellcheck", ["--shell=sh", join(FOLDER, path)], { encoding: "utf8" });

    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  });
});
