import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "../../../support/http-server";
import { outcomeOf } from "../../../support/processes";
import { temporaryFolder } from "../../../support/synthesis";
import { answerOf, emptyServers, type Servers } from "./influxdb-and-vault";

const SCRIPT = join(__dirname, "../../../../constructs/data/provisioning/influxdb.mjs");
const ANALYTICS_DAYS = 90;

const HOLDERS = {
  analytics: { access: "write", buckets: ["analytics"], path: "influxdb/analytics-token", rotation: 1 },
  telegraf: { access: "write", buckets: ["metrics"], path: "influxdb/telegraf-token", rotation: 1 },
  grafana: { access: "read", buckets: ["analytics", "metrics"], path: "influxdb/grafana-token", rotation: 1 },
};
type Holder = keyof typeof HOLDERS;

const READERS = { pages: { buckets: ["analytics"] }, auditor: { buckets: ["metrics", "analytics"] } };
type Reader = keyof typeof READERS;
const passwordOf = (reader: string) => `planted-password-of-${reader}`;

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));
let runs = 0;

/** Runs the script against servers, with what it is given in the container. */
async function run(servers: Servers, { verify = false, given = servers, tokens = HOLDERS, readers = READERS } = {}) {
  const before = servers.changes.length;
  const server = await serve((question) => answerOf(servers, question));
  const own = join(folder, String(runs++));
  mkdirSync(own);
  const plan = {
    url: server.url,
    organization: "sprocket",
    buckets: { analytics: { retentionDays: ANALYTICS_DAYS }, metrics: { retentionDays: 30 } },
    tokens,
    readers,
    vault: { url: server.url, mount: "secret", role: "influxdb" },
  };
  for (const [name, content] of Object.entries({
    "plan.json": JSON.stringify(plan),
    "administrator-token": given.administratorToken,
    "vault-secret-id": given.secretId,
    ...Object.fromEntries(Object.keys(READERS).map((reader) => [`${reader}-password`, passwordOf(reader)])),
  })) {
    writeFileSync(join(own, name), content);
  }
  const args = [SCRIPT, "--plan", join(own, "plan.json"), "--secrets", own, ...(verify ? ["--verify"] : [])];
  const { status, stdout, stderr } = await outcomeOf(args);
  server.close();
  const passwords = Object.keys(READERS).map(passwordOf);
  const encoded = Object.keys(READERS).map((name) => Buffer.from(`${name}:${passwordOf(name)}`).toString("base64"));
  const secrets = [given.administratorToken, given.secretId, ...servers.tokens, ...passwords, ...encoded];
  return {
    servers,
    status,
    said: `${stdout}${stderr}`,
    changes: servers.changes.slice(before),
    shown: secrets.filter((secret) => `${stdout}${stderr}`.includes(secret)),
  };
}

const readerOf = ({ readers }: Servers, reader: Reader) => readers.find(({ token }) => token === reader);
const entryOf = ({ entries }: Servers, holder: Holder) => entries[HOLDERS[holder].path];
const authorizationOf = ({ authorizations }: Servers, holder: Holder) =>
  authorizations.find(({ description }) => description === `sprocket:${holder}`);

interface Drift {
  /** What is wrong with the holder's token. */
  readonly what: string;
  readonly holder: Holder;
  /** Which run of the script finds it, beside others'. */
  readonly batch: 0 | 1;
  readonly drift: (servers: Servers) => void;
}

const overwritten = (servers: Servers) => {
  Object.assign(entryOf(servers, "grafana")?.data ?? {}, { value: "planted-by-hand" });
};

const drifts: readonly Drift[] = [
  {
    what: "was deleted",
    holder: "analytics",
    batch: 0,
    drift: (servers) => {
      const deleted = authorizationOf(servers, "analytics");
      servers.authorizations = servers.authorizations.filter((each) => each !== deleted);
    },
  },
  {
    what: "has other rights",
    holder: "telegraf",
    batch: 0,
    drift: (servers) => {
      const telegraf = authorizationOf(servers, "telegraf");
      const more = { action: "read", resource: { type: "buckets", id: "id-of-metrics" } };
      Object.assign(telegraf ?? {}, { permissions: [...(telegraf?.permissions ?? []), more] });
    },
  },
  { what: "has another value in Vault", holder: "grafana", batch: 0, drift: overwritten },
  {
    what: "is switched off",
    holder: "analytics",
    batch: 1,
    drift: (servers) => {
      Object.assign(authorizationOf(servers, "analytics") ?? {}, { status: "inactive" });
    },
  },
  {
    what: "was deleted in Vault",
    holder: "telegraf",
    batch: 1,
    drift: (servers) => {
      Object.assign(entryOf(servers, "telegraf") ?? {}, { version: 4, data: null });
    },
  },
  {
    what: "was overwritten in Vault by a person",
    holder: "grafana",
    batch: 1,
    drift: (servers) => {
      servers.entries[HOLDERS.grafana.path] = { version: 2, data: { value: "planted-by-hand" } };
    },
  },
];

interface ReaderDrift {
  /** What is wrong with the reader. */
  readonly what: string;
  readonly reader: Reader;
  /** Which run of the script finds it, beside others'. */
  readonly batch: 0 | 1 | 2;
  readonly drift: (servers: Servers) => void;
}

const otherPassword = (servers: Servers) => {
  Object.assign(readerOf(servers, "auditor") ?? {}, { password: "planted-by-hand" });
};

const readerDrifts: readonly ReaderDrift[] = [
  {
    what: "may write what it reads",
    reader: "pages",
    batch: 0,
    drift: (servers) => {
      const pages = readerOf(servers, "pages");
      const more = { action: "write", resource: { type: "buckets", id: "id-of-analytics" } };
      Object.assign(pages ?? {}, { permissions: [...(pages?.permissions ?? []), more] });
    },
  },
  { what: "has another password", reader: "auditor", batch: 0, drift: otherPassword },
  {
    what: "may read more",
    reader: "pages",
    batch: 1,
    drift: (servers) => {
      const pages = readerOf(servers, "pages");
      const more = { action: "read", resource: { type: "buckets", id: "id-of-metrics" } };
      Object.assign(pages ?? {}, { permissions: [...(pages?.permissions ?? []), more] });
    },
  },
  {
    what: "was deleted",
    reader: "auditor",
    batch: 1,
    drift: (servers) => {
      servers.readers = servers.readers.filter(({ token }) => token !== "auditor");
    },
  },
  {
    what: "is switched off",
    reader: "pages",
    batch: 2,
    drift: (servers) => {
      Object.assign(readerOf(servers, "pages") ?? {}, { status: "inactive" });
    },
  },
  {
    // As after a run that was interrupted between the two.
    what: "was made and has no password",
    reader: "auditor",
    batch: 2,
    drift: (servers) => {
      Object.assign(readerOf(servers, "auditor") ?? {}, { password: undefined });
    },
  },
];

function drifted(servers: Servers, ...changes: readonly ((servers: Servers) => void)[]): Servers {
  const copy = structuredClone(servers);
  for (const change of changes) {
    change(copy);
  }
  return copy;
}

const shortened = (servers: Servers) => {
  Object.assign(servers.buckets[0] ?? {}, { retentionRules: [{ everySeconds: 3600 }] });
};
const strayed = (servers: Servers) => {
  const stray = { token: "planted-stray", permissions: [], status: "active" } as const;
  servers.authorizations.push({ ...stray, id: "stray", description: "sprocket:gone" });
  servers.authorizations.push({ ...stray, id: "foreign", description: "a person's own" });
};
const strayedReader = (servers: Servers) => {
  const stray = { permissions: [], status: "active", password: "planted-stray" } as const;
  servers.readers.push({ ...stray, id: "stray", token: "gone", description: "sprocket:gone" });
  servers.readers.push({ ...stray, id: "foreign", token: "a-person", description: "a person's own" });
};
const rotated = { ...HOLDERS, grafana: { ...HOLDERS.grafana, rotation: 2 } };

/** Every run there is, those that do not need each other side by side. */
async function everything() {
  const atFirst = await run(emptyServers(), { verify: true });
  const first = await run(emptyServers());
  const made = structuredClone(first.servers);
  const interrupted = drifted(made, overwritten);
  interrupted.meanwhile = () => {
    Object.assign(entryOf(interrupted, "grafana") ?? {}, { version: 9, data: { value: "planted-meanwhile" } });
  };
  const [second, proof, rotation, refused, notLetIn, overtaken, verified, repaired] = await Promise.all([
    run(structuredClone(made)),
    run(structuredClone(made), { verify: true }),
    run(drifted(made, shortened, strayed, strayedReader), { tokens: rotated }),
    run(structuredClone(made), { given: { ...made, administratorToken: "planted-and-wrong" } }),
    run(structuredClone(made), { given: { ...made, secretId: "planted-and-wrong" } }),
    run(interrupted),
    Promise.all(
      [shortened, overwritten, strayed, otherPassword, strayedReader].map((drift) =>
        run(drifted(made, drift), { verify: true }),
      ),
    ),
    Promise.all(
      [0, 1, 2].map((batch) => {
        const both = [...drifts, ...readerDrifts].filter((each) => each.batch === batch);
        return run(drifted(made, ...both.map(({ drift }) => drift)));
      }),
    ),
  ]);
  return { atFirst, first, made, second, proof, rotation, refused, notLetIn, overtaken, verified, repaired };
}

let ran: Awaited<ReturnType<typeof everything>>;
beforeAll(async () => {
  ran = await everything();
}, 60_000);

describe("at first", () => {
  test("nothing is as it should be, which the proof says, and leaves it like that", () => {
    const { status, said, changes } = ran.atFirst;

    expect({ status, changes }).toEqual({ status: 1, changes: [] });
    expect(said).toContain("Error: the bucket analytics is not there, or keeps its points for another time");
  });

  test("every bucket is made, to forget in time", () => {
    const { status, servers } = ran.first;

    expect(status).toBe(0);
    expect(servers.buckets).toMatchObject([
      { name: "analytics", retentionRules: [{ type: "expire", everySeconds: 90 * 86_400 }] },
      { name: "metrics", retentionRules: [{ type: "expire", everySeconds: 30 * 86_400 }] },
    ]);
  });

  test.each<[Holder, readonly string[]]>([
    ["analytics", ["write buckets id-of-analytics"]],
    ["telegraf", ["write buckets id-of-metrics"]],
    ["grafana", ["read buckets id-of-analytics", "read buckets id-of-metrics"]],
  ])("%s gets a token that may %j, by way of Vault", (holder, rights) => {
    const { id, token, permissions = [] } = authorizationOf(ran.made, holder) ?? {};

    expect(permissions.map(({ action, resource }) => `${action} ${resource.type} ${resource.id}`)).toEqual(rights);
    expect(entryOf(ran.made, holder)).toEqual({ version: 1, data: { value: token, authorization: id, rotation: 1 } });
  });
});

describe("at first, a reader", () => {
  test.each<[Reader, readonly string[]]>([
    ["pages", ["read buckets id-of-analytics"]],
    ["auditor", ["read buckets id-of-metrics", "read buckets id-of-analytics"]],
  ])("%s is let in by the password that it was given, to do no more than %j", (reader, rights) => {
    const { password, status, permissions = [] } = readerOf(ran.made, reader) ?? {};

    expect({ password, status }).toEqual({ password: passwordOf(reader), status: "active" });
    expect(permissions.map(({ action, resource }) => `${action} ${resource.type} ${resource.id}`)).toEqual(rights);
  });

  test("is asked for once the buckets are there, after everybody with a token", () => {
    expect(ran.first.changes.slice(-4)).toEqual([
      "the reader pages is made",
      "the reader pages has a password",
      "the reader auditor is made",
      "the reader auditor has a password",
    ]);
  });
});

test("a second time nothing changes, and the proof holds", () => {
  const outcomes = [ran.second, ran.proof].map(({ status, changes, said }) => ({ status, changes, said }));

  expect(outcomes).toEqual(Array(2).fill({ status: 0, changes: [], said: "" }));
});

test("another retention, another number and a holder who is gone change these, and nothing else", () => {
  const { status, servers, changes } = ran.rotation;

  expect({ status, changes }).toEqual({
    status: 0,
    changes: [
      "the bucket analytics is changed",
      "sprocket:grafana is made",
      "Vault keeps influxdb/grafana-token",
      "sprocket:grafana is deleted",
      "sprocket:gone is deleted",
      "the reader gone is deleted",
    ],
  });
  expect(servers.buckets[0]?.retentionRules).toMatchObject([{ everySeconds: ANALYTICS_DAYS * 86_400 }]);
  expect(entryOf(servers, "grafana")).toMatchObject({ version: 2, data: { rotation: 2 } });
  expect(servers.authorizations.map(({ description }) => description)).toContain("a person's own");
  expect(servers.readers.map(({ token }) => token)).toEqual(["pages", "auditor", "a-person"]);
});

test.each(drifts)("a token that $what is made anew, and its former self deleted: $holder", ({ holder, batch }) => {
  const { status, servers } = ran.repaired[batch] ?? ran.first;
  const { id, token, status: state, permissions } = authorizationOf(servers, holder) ?? {};
  const former = authorizationOf(ran.made, holder);

  expect(status).toBe(0);
  expect(entryOf(servers, holder)?.data).toEqual({ value: token, authorization: id, rotation: 1 });
  expect({ state, permissions }).toEqual({ state: "active", permissions: former?.permissions });
  expect(servers.authorizations.map((each) => each.id)).not.toContain(former?.id);
  expect(servers.authorizations).toHaveLength(Object.keys(HOLDERS).length);
});

test.each(readerDrifts)("a reader who $what is let in anew: $reader", ({ reader, batch }) => {
  const { status, servers, changes } = ran.repaired[batch] ?? ran.first;

  expect(status).toBe(0);
  expect(readerOf(servers, reader)).toEqual(readerOf(ran.made, reader));
  expect(servers.readers).toHaveLength(Object.keys(READERS).length);
  expect(changes).toContain(`the reader ${reader} has a password`);
});

test("the proof says what is wrong, and repairs nothing", () => {
  expect(ran.verified.map(({ status, changes }) => ({ status, changes }))).toEqual(
    Array(5).fill({ status: 1, changes: [] }),
  );
  expect(ran.verified.map(({ said }) => /^Error: .*$/m.exec(said)?.[0])).toEqual([
    "Error: the bucket analytics is not there, or keeps its points for another time",
    "Error: Vault's entry influxdb/grafana-token has no token that does what it should",
    "Error: a former token of gone is still valid",
    "Error: auditor cannot read what it should, or can read more",
    "Error: gone can still read",
  ]);
});

describe("a refusal is reported", () => {
  test.each([
    [
      "of another administrator's token, with what to do",
      "refused",
      "InfluxDB was set up with another administrator's token ",
    ],
    ["by Vault, with its status", "notLetIn", "POST <url>/v1/auth/approle/login was answered 400: "],
    [
      "of what would overwrite another's, with its status",
      "overtaken",
      "POST <url>/v1/secret/data/influxdb/grafana-token was answered 400: ",
    ],
  ] as const)("%s", (_, name, message) => {
    const { status, said } = ran[name];

    expect(status).toBe(1);
    expect(said.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "<url>")).toContain(`Error: ${message}`);
  });

  test("and what somebody else wrote meanwhile stays", () => {
    expect(entryOf(ran.overtaken.servers, "grafana")?.data).toEqual({ value: "planted-meanwhile" });
  });
});

test("no run shows a secret, or leaves itself signed in to Vault", () => {
  const { made: _, verified, repaired, ...others } = ran;
  const outcomes = [...Object.values(others), ...verified, ...repaired];

  expect(outcomes.flatMap(({ shown }) => shown)).toEqual([]);
  expect(outcomes.flatMap(({ servers }) => servers.sessions)).toEqual([]);
});
