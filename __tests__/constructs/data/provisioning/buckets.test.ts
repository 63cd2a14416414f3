import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { S3Server } from "../../../../constructs/data/s3-server";
import { dataStack, filesInContainer } from "../../../support/data";
import { type Answer, type Question, serve } from "../../../support/http-server";
import { outcomeOf } from "../../../support/processes";
import { temporaryFolder } from "../../../support/synthesis";
import { synthesise } from "../../../support/testing";

/** What an S3 server knows: each bucket's policy, empty where it has none. */
interface Server {
  readonly policies: Record<string, string>;
  readonly changes: string[];
  readonly refuses?: boolean;
}

/** Answers as the S3 server does to its administrator. */
function answerOf({ policies, changes, refuses }: Server, { what, query, headers, body }: Question): Answer {
  if (what === "GET /health") {
    return { status: 200 };
  }
  const signed = /^AWS4-HMAC-SHA256 Credential=root\/\d+\/us-east-1\/s3\/aws4_request, /.test(
    headers.authorization ?? "",
  );
  if (refuses || !signed) {
    return { status: 403, body: "<Error><Code>SignatureDoesNotMatch</Code></Error>" };
  }
  const [, method = "", bucket = ""] = /^(\w+) \/(\w+)$/.exec(what) ?? [];
  const policy = policies[bucket];
  if (method === "PUT") {
    policies[bucket] = query.has("policy") ? body : "";
    changes.push(query.has("policy") ? `the policy of ${bucket}` : bucket);
    return { status: 200 };
  }
  const found = query.has("policy") ? policy : policy !== undefined;
  return found ? { status: 200, body: policy } : { status: 404, body: "<Error><Code>NoSuch</Code></Error>" };
}

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));

const { stack, networks, secrets } = dataStack();
new S3Server(stack, "s3", { networks, secrets, corsOrigin: "http://localhost" });
const { "/task/plan.json": plan = "", ...files } = filesInContainer(synthesise(stack), "s3-buckets");
const write = (path: string, content: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
};
for (const [path, content] of Object.entries(files)) {
  write(path, content);
}
write("secrets/root-secret-access-key", "planted");

/** Runs the script against a server, with the files that it has in the container. */
async function run(server: Server, ...options: readonly string[]) {
  const before = server.changes.length;
  const { url, close } = await serve((question) => answerOf(server, question));
  const planFile = join(folder, `${new URL(url).port}.json`);
  writeFileSync(planFile, JSON.stringify({ ...JSON.parse(plan), url }));
  const script = join(folder, "/task/buckets.mjs");
  const { status, stdout, stderr } = await outcomeOf([
    script,
    ...["--plan", planFile, "--secrets", join(folder, "secrets")],
    ...options,
  ]);
  close();
  return { server, status, said: `${stdout}${stderr}`.replaceAll(url, "<url>"), changes: server.changes.slice(before) };
}

const empty = (): Server => ({ policies: {}, changes: [] });

async function everything() {
  const [atFirst, first, refused] = await Promise.all([
    run(empty(), "--verify"),
    run(empty()),
    run({ ...empty(), refuses: true }),
  ]);
  const made = structuredClone(first.server);
  const changed = () => {
    const server = structuredClone(made);
    server.policies.replays = server.policies.replays?.replace('"core"', '"everybody"') ?? "";
    return server;
  };
  const [second, proof, repaired, disproof] = await Promise.all([
    run(structuredClone(made)),
    run(structuredClone(made), "--verify"),
    run(changed()),
    run(changed(), "--verify"),
  ]);
  return { atFirst, first, made, refused, second, proof, repaired, disproof };
}

let ran: Awaited<ReturnType<typeof everything>>;
beforeAll(async () => {
  ran = await everything();
}, 60_000);

/** Whether a policy lets a user do something. */
function isAllowed(policy: string, user: string, action: string, resource: string): boolean {
  return JSON.parse(policy).Statement.some(
    ({ Effect, Principal, Action, Resource }: any) =>
      Effect === "Allow" &&
      Principal.AWS.includes(user) &&
      Action.includes(`s3:${action}`) &&
      Resource.some((pattern: string) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(resource)),
  );
}

test("at first nothing is as it should be, which the proof says, and leaves it like that", () => {
  const { status, said, changes } = ran.atFirst;

  expect({ status, changes }).toEqual({ status: 1, changes: [] });
  expect(said).toContain("Error: there is no bucket images");
});

test("every bucket is made, and has its policy", () => {
  const buckets = ["images", "replays", "backups"];

  expect(ran.first).toMatchObject({
    status: 0,
    changes: buckets.flatMap((bucket) => [bucket, `the policy of ${bucket}`]),
  });
});

const READ = ["GetObject /x", "ListBucket ", "GetBucketLocation "];
const WRITE = ["PutObject /x", "DeleteObject /x", "AbortMultipartUpload /x", "ListMultipartUploadParts /x"];
const MANAGE = ["DeleteBucket ", "PutBucketPolicy ", "PutObject "];

test.each([
  ["submission-service", "replays", READ],
  ["core", "replays", [...READ, ...WRITE]],
  ["core", "images", []],
  ["core", "backups", []],
  ["discord-bot", "images", READ],
  ["image-generation-frontend", "images", [...READ, ...WRITE]],
  ["backup", "backups", [...READ, ...WRITE]],
])("%s may in the bucket %s: %j", (user, bucket, rights) => {
  const may = [...READ, ...WRITE, ...MANAGE].filter((right) => {
    const [action = "", path = ""] = right.split(" ");
    return isAllowed(ran.made.policies[bucket] ?? "", user, action, `arn:aws:s3:::${bucket}${path}`);
  });

  expect(may).toEqual(rights);
});

test("a second time nothing changes, and the proof holds", () => {
  const outcomes = [ran.second, ran.proof].map(({ status, changes, said }) => ({ status, changes, said }));

  expect(outcomes).toEqual(Array(2).fill({ status: 0, changes: [], said: "" }));
});

test("a policy that somebody changed is put back, and the proof says that it was another", () => {
  expect(ran.repaired).toMatchObject({ status: 0, changes: ["the policy of replays"] });
  expect(ran.repaired.server.policies).toEqual(ran.made.policies);
  expect(ran.disproof).toMatchObject({ status: 1, changes: [] });
  expect(ran.disproof.said).toContain("Error: the policy of the bucket replays is another");
});

test("a refusal is reported with its status", () => {
  expect(ran.refused.status).toBe(1);
  expect(ran.refused.said).toContain("Error: HEAD <url>/images was answered 403: ");
});

test("no run shows the administrator's key", () => {
  const { made: _, ...outcomes } = ran;

  expect(Object.values(outcomes).filter(({ said }) => said.includes("planted"))).toEqual([]);
});
