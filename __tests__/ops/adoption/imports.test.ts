import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Candidate } from "../../../ops/adoption/candidates";
import { importsIn } from "../../../ops/adoption/imports";

const folder = mkdtempSync(join(tmpdir(), "sprocket-test-"));
const candidate = (name: string, address: string, before = ""): Candidate => ({
  name,
  address,
  importId: (id) => `${before}${id}`,
});
const candidates = [
  candidate("vpc", "a.vpc"),
  candidate("droplet.manager-1", "a.droplet"),
  candidate("bucket.images", "a.bucket", "nyc3,"),
  candidate("database", "a.cluster"),
  candidate("database", "a.firewall"),
];

function importsOf(name: string, text: string) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return importsIn(file, candidates);
}

afterAll(() => rmSync(folder, { recursive: true }));

const all = [
  { to: "a.vpc", id: "v1" },
  { to: "a.droplet", id: "100823" },
  { to: "a.bucket", id: "nyc3,pictures" },
  { to: "a.cluster", id: "d1" },
  { to: "a.firewall", id: "d1" },
];

test.each([
  ["ids.toml", 'vpc = "v1"\ndroplet.manager-1 = 100823\nbucket.images = "pictures"\ndatabase = "d1"'],
  ["ids.toml", 'vpc = "v1"\n"droplet.manager-1" = "100823"\nbucket = { images = "pictures" }\ndatabase = "d1"'],
  ["ids.json", '{"vpc": "v1", "droplet": {"manager-1": 100823}, "bucket.images": "pictures", "database": "d1"}'],
])("ids are read from %s, however they are grouped: %s", (name, text) => {
  expect(importsOf(name, text)).toEqual(all);
});

test("everything that is wrong in a file is said at once, with what would be right", () => {
  expect(() => importsOf("ids.toml", 'vcp = "v1"\ndatabase = ""\n[droplet]\nmanager-1 = 1.5\nmanager-2 = 1')).toThrow(
    `ids.toml: 4 faults
  - vcp: there is nothing of this name; did you mean vpc? There are vpc, droplet.manager-1, bucket.images, database
  - database: got ""; write the id as a text or a whole number
  - droplet.manager-1: got 1.5; write the id as a text or a whole number
  - droplet.manager-2: there is nothing of this name; did you mean droplet.manager-1? There are`,
  );
});

test.each([
  ["ids.toml", "", /all of it: names nothing; write the ids of vpc, droplet\.manager-1/],
  ["ids.toml", "vpc = ", /the file: cannot be read: Invalid TOML document/],
  ["ids.json", "vpc", /the file: cannot be read: Unexpected token/],
])("a file that names nothing is refused: %s %j", (name, text, message) => {
  expect(() => importsOf(name, text)).toThrow(message);
});

test("a file that is not there is refused", () => {
  expect(() => importsIn(join(folder, "none.toml"), candidates)).toThrow(
    /none\.toml: 1 fault\n.*cannot be read: ENOENT/,
  );
});
