import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ops } from "../support/ops-command";
import { startedOps } from "../support/processes";
import { programsIn } from "../support/programs";

const folder = mkdtempSync(join(tmpdir(), "sprocket-test-"));
const opened = join(folder, "opened");

/** With a script in place of the browser. */
const variables = {
  PATH: programsIn(folder, { browser: `echo "$1" > "${opened}.new" && mv "${opened}.new" "${opened}"` }),
  BROWSER: "browser",
};
const open = (...args: readonly string[]) => ops(["open", ...args], variables);

/** What the browser was told, once it was. */
async function toldToBrowser(): Promise<string> {
  for (let attempt = 0; attempt < 100 && !existsSync(opened); attempt += 1) {
    await sleep(50);
  }
  return readFileSync(opened, "utf8");
}

afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  [["local"], "http://localhost\n"],
  [["local", "api"], "http://api.localhost\n"],
  [["production", "vault"], "https://vault.sprocket.example.org\n"],
])("%j with --print is a URL, and opens nothing", async (args, url) => {
  expect(await open(...args, "--print")).toEqual({ status: 0, stdout: url, stderr: "" });
  expect(existsSync(opened)).toBe(false);
});

test("an unknown host is an error that lists the known ones", async () => {
  const { status, stdout, stderr } = await open("local", "moon");

  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(
    /^ops open: 1 fault\n {2}- moon: local has no such host; write @ \(http:\/\/localhost\), alerts \(http:\/\/alerts\.localhost\), api/,
  );
  expect(stderr).toContain("traefik (http://traefik.localhost)");
});

// Elsewhere the system opens the browser, and no script can take its place.
(process.platform === "linux" ? test : test.skip)(
  "the browser is told the URL, which is printed all the same",
  async () => {
    // Jest cannot load the package that looks for the browser.
    expect(await startedOps(["open", "local", "traefik"], variables).outcome).toEqual({
      status: 0,
      stdout: "http://traefik.localhost\n",
      stderr: "",
    });
    expect(await toldToBrowser()).toBe("http://traefik.localhost\n");
  },
);
