import { FakeS3, LIMITED, OWNER, type Quirks } from "./fake-s3";
import { ops as runOps } from "./ops-command";

export const BUCKET = "sprocket-terraform-state";
export const HISTORY = `${BUCKET}-history`;
export const SCRATCH = `${BUCKET}-probe`;
export const CUSTOMER_KEY = Buffer.alloc(32, 1).toString("base64");
export const OTHER_KEY = Buffer.alloc(32, 2).toString("base64");
export const STATE = "staging/layer-1.tfstate";
export const BOTH_KEYS = {
  AWS_ACCESS_KEY_ID: LIMITED,
  AWS_SECRET_ACCESS_KEY: "secret",
  SPACES_ACCESS_KEY_ID: OWNER,
  SPACES_SECRET_ACCESS_KEY: "secret",
};
export const ALL = { ...BOTH_KEYS, AWS_SSE_CUSTOMER_KEY: CUSTOMER_KEY };

const servers: FakeS3[] = [];
const variables = { ...process.env };

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.stop();
  }
  process.env = { ...variables };
  jest.restoreAllMocks();
});

/** Starts a server that ends with the test. */
export async function fakeS3(quirks?: Quirks): Promise<FakeS3> {
  const server = await FakeS3.start(quirks);
  servers.push(server);
  return server;
}

/** Runs the command with a server of the test in place of Spaces. */
export async function ops(line: string, server?: FakeS3, given: Readonly<Record<string, string>> = ALL) {
  const words = [...line.split(" "), ...(server === undefined ? [] : ["--endpoint", server.url])];
  const { status, stdout, stderr } = await runOps(words, given);
  // A table breaks its lines where they are too long.
  return {
    status,
    stdout: stdout.replaceAll(/\s+/g, " "),
    raw: stdout,
    refused: stderr === "" ? undefined : stderr.trimEnd(),
  };
}

/** What is left of what probes wrote. */
export const leftovers = (server: FakeS3) =>
  [...server.buckets.keys()].flatMap((name) => server.keysIn(name)).filter((key) => key.startsWith("ops-probe/"));
