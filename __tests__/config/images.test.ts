import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { selectEnvironments } from "../../config/environments";
import { imageCatalogue, imagesOf } from "../../config/images/catalogue";
import { isPinned } from "../../config/images/image";
import lock from "../../config/images/lock.json";
import { withOverrides } from "../../config/images/overrides";
import { RESERVED_PORTS } from "../../config/reserved-ports";
import { failureOf } from "../support/testing";

const KNOWN = Object.keys(imageCatalogue).join(", ");
const DIGEST = `sha256:${"a".repeat(64)}`;

describe("the catalogue", () => {
  const images = Object.entries(imageCatalogue);

  test.each(images)("%s names its registry and is pinned by the lock's digest", (_, image) => {
    const [, name = "", digest] = /^(.*:.*)@(.*)$/.exec(image.reference) ?? [];

    expect(isPinned(image)).toBe(true);
    expect(image).not.toHaveProperty("key");
    expect(name).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+\/[a-z0-9._/-]+:[A-Za-z0-9._-]+$/);
    expect(name).not.toMatch(/:(latest|stable|edge)$/);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(digest).toBe(lock[name as keyof typeof lock].digest);
  });

  test.each(images)("%s says why, and how its health is found out", (_, image) => {
    const [kind, ...command] = image.healthCommand;

    expect(image.why).toMatch(/^[A-Z].*\.$/);
    expect(["CMD", "CMD-SHELL", undefined]).toContain(kind);
    expect(command.length > 0).toBe(kind !== undefined);
    // A health check in a shell needs one.
    expect(kind !== "CMD-SHELL" || image.hasShell).toBe(true);
  });

  test("has two images alone with nothing in them that could ask how they are", () => {
    const silent = images.filter(([, { healthCommand }]) => healthCommand.length === 0);

    expect(silent.map(([name, { hasShell }]) => [name, hasShell])).toEqual([
      ["logCollector", false],
      ["gatus", false],
    ]);
  });

  test("traefik is asked for its health at its internal port", () => {
    expect(imageCatalogue.traefik.healthCommand).toEqual([
      "CMD-SHELL",
      `wget -q -O /dev/null http://127.0.0.1:${RESERVED_PORTS.internal}/ping`,
    ]);
  });

  test("no digest is locked that no image uses", () => {
    const used = selectEnvironments(undefined)
      .flatMap((environment) => Object.values(imagesOf(environment)))
      .map(({ reference }) => reference.split("@")[0]);

    expect(Object.keys(lock).filter((name) => !used.includes(name))).toEqual([]);
  });

  test("no two images are the same", () => {
    expect(new Set(images.map(([, { reference }]) => reference)).size).toBe(images.length);
  });
});

describe("overrides", () => {
  const folder = mkdtempSync(join(tmpdir(), "overrides-"));
  const file = join(folder, "overrides.json");
  afterAll(() => rmSync(folder, { recursive: true }));

  const overriddenBy = (content: unknown) => {
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return withOverrides(imageCatalogue, file);
  };

  test.each([undefined, ""])("there are none in %p", (none) => {
    expect(withOverrides(imageCatalogue, none)).toBe(imageCatalogue);
  });

  test("a text replaces an image's reference, and leaves the other images alone", () => {
    const images = overriddenBy({ vault: `127.0.0.1:5000/vault@${DIGEST}` });

    expect(images).toEqual({
      ...imageCatalogue,
      vault: { ...imageCatalogue.vault, reference: `127.0.0.1:5000/vault@${DIGEST}` },
    });
    expect(isPinned(images.vault)).toBe(true);
  });

  test("an object replaces the facts it names", () => {
    const facts = {
      reference: "127.0.0.1:5000/vault:dev",
      user: { uid: 0, gid: 5 },
      healthCommand: ["CMD", "healthy"],
      writablePaths: "anywhere",
      files: { plugin: "/plugin.so" },
      settings: { "a.b": "true" },
    };

    const { vault } = overriddenBy({ vault: facts });

    expect(vault).toEqual({ ...imageCatalogue.vault, ...facts });
    expect(isPinned(vault)).toBe(false);
  });

  test("what an object does not name stays as it is committed", () => {
    const { vault } = overriddenBy({ vault: { reference: "127.0.0.1:5000/vault:dev" } });

    expect(vault).toEqual({ ...imageCatalogue.vault, reference: "127.0.0.1:5000/vault:dev" });
    expect(isPinned(vault)).toBe(false);
  });

  const FORM = "write a reference, or an object of reference, user, healthCommand, writablePaths, files and settings";
  const NO_REFERENCE = "write an image's reference, such as 127.0.0.1:5000/traefik@sha256:…";
  const UNKNOWN = `the file: there is no "valut"; the known ones are ${KNOWN}`;

  test.each<[string, unknown, readonly string[]]>([
    ["an unknown image", { valut: "a" }, [UNKNOWN]],
    ["a number", { vault: 7 }, [`vault: ${FORM}`]],
    ["an object without a reference", { vault: { user: { uid: 1, gid: 1 } } }, [`vault.reference: ${NO_REFERENCE}`]],
    ["an empty reference", { vault: "" }, [`vault.reference: ${NO_REFERENCE}`]],
    ["an empty reference in an object", { vault: { reference: "" } }, [`vault.reference: ${NO_REFERENCE}`]],
    ["a fact that nobody knows", { vault: { reference: "a", tag: "b" } }, [`vault: there is no "tag"; ${FORM}`]],
    ["a user by name", { vault: { reference: "a", user: "root" } }, ["vault.user: write { uid, gid }"]],
    [
      "files without what they are",
      { vault: { reference: "a", files: ["/plugin.so"] } },
      ["vault.files: write an object of what each file is and its path"],
    ],
    [
      "settings without values",
      { vault: { reference: "a", settings: ["true"] } },
      ["vault.settings: write an object of settings and their values"],
    ],
    ["several at once", { vault: 7, traefik: [], valut: "a" }, [`traefik: ${FORM}`, `vault: ${FORM}`, UNKNOWN]],
    ["a list", [], ["the file: write a JSON object of image keys and references"]],
  ])("fails for %s", (_, content, faults) => {
    expect(failureOf(() => overriddenBy(content)).split("\n")).toEqual([
      `SPROCKET_IMAGE_OVERRIDES=${file}: ${faults.length === 1 ? "1 fault" : `${faults.length} faults`}`,
      ...faults.map((fault) => `  - ${fault}`),
    ]);
  });

  test("fails for what is not JSON", () => {
    expect(failureOf(() => overriddenBy("vault = latest"))).toMatch(
      new RegExp(
        `^SPROCKET_IMAGE_OVERRIDES: 1 fault\n {2}- ${file}: .*JSON.*; write a JSON object of image keys and references$`,
      ),
    );
  });

  test("fails for a file that is not there", () => {
    const missing = join(folder, "missing.json");

    expect(failureOf(() => withOverrides(imageCatalogue, missing))).toBe(
      `SPROCKET_IMAGE_OVERRIDES: 1 fault\n  - ${missing}: ENOENT: no such file or directory, open '${missing}'; ` +
        "write a JSON object of image keys and references",
    );
  });
});
