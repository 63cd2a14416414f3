import { EVERY_APPLICATION_NAME } from "../../../config/applications";
import { selectEnvironments } from "../../../config/environments";
import { releaseOf } from "../../../config/images/releases";
import committed from "../../../config/images/releases.json";
import { failureOf } from "../../support/testing";

const everyTagIs = (tag: string) => Object.fromEntries(EVERY_APPLICATION_NAME.map((name) => [name, tag]));

const written = {
  everywhere: { tag: "main", applications: { web: "v1.2.0" } },
  staging: { tag: "staging", applications: { core: "fix_9", "discord-bot": "main" } },
};

test.each([
  ["of its own", "staging", { ...everyTagIs("staging"), core: "fix_9", "discord-bot": "main" }],
  ["of everywhere", "production", { ...everyTagIs("main"), web: "v1.2.0" }],
])("an environment has the release %s, with its exceptions alone", (_, environment, release) => {
  expect(releaseOf(environment, written)).toEqual(release);
});

test.each([
  ["production", "main"],
  ["staging", "staging"],
  ["lan", "main"],
  ["local", "main"],
])("the committed release of %s is %s", (environment, tag) => {
  expect(releaseOf(environment)).toEqual(everyTagIs(tag));
});

test("every committed release is of an environment that there is", () => {
  const environments = selectEnvironments(undefined).map(({ name }) => name);

  expect(Object.keys(committed).filter((name) => name !== "everywhere" && !environments.includes(name))).toEqual([]);
});

test("a release may say which bytes it means", () => {
  const tag = `main@sha256:${"a".repeat(64)}`;

  expect(releaseOf("lan", { everywhere: { tag } })).toEqual(everyTagIs(tag));
});

const TAG = "write an image's tag, such as main, or better with its digest: main@sha256:…";
const FORM = "write a tag, and by name the applications that have another";
const NAMES = `write tags by the names of applications: ${EVERY_APPLICATION_NAME.join(", ")}`;

test.each<[string, unknown, readonly string[]]>([
  ["a list", [], ["the file: write an object of environments and their releases"]],
  [
    "no release for the other environments",
    { staging: { tag: "main" } },
    ["everywhere: write the release of every other environment"],
  ],
  ["a tag in place of a release", { everywhere: "main" }, [`everywhere: ${FORM}`]],
  ["no tag", { everywhere: {} }, [`everywhere.tag: ${TAG}`]],
  ["a digest in place of a tag", { everywhere: { tag: "sha256:ab" } }, [`everywhere.tag: ${TAG}`]],
  [
    "an empty tag",
    { everywhere: { tag: "main", applications: { core: "" } } },
    [`everywhere.applications.core: ${TAG}`],
  ],
  [
    "an unknown application",
    { everywhere: { tag: "main", applications: { cors: "main" } } },
    [`everywhere.applications: there is no "cors"; ${NAMES}`],
  ],
  ["an unknown setting", { everywhere: { tag: "main", digest: "" } }, [`everywhere: there is no "digest"; ${FORM}`]],
  [
    "several at once, wherever they are",
    { everywhere: { tag: 7, applications: "core" }, lan: { tag: "a b" } },
    [`everywhere.tag: ${TAG}`, `everywhere.applications: ${NAMES}`, `lan.tag: ${TAG}`],
  ],
])("a file fails for %s", (_, file, faults) => {
  expect(failureOf(() => releaseOf("local", file)).split("\n")).toEqual([
    `config/images/releases.json: ${faults.length === 1 ? "1 fault" : `${faults.length} faults`}`,
    ...faults.map((fault) => `  - ${fault}`),
  ]);
});
