import type { Answer, Question } from "../../../support/http-server";

interface Permission {
  readonly action: string;
  readonly resource: { readonly type: string; readonly id: string };
}

/** A token of InfluxDB's. */
interface Authorization {
  readonly id: string;
  readonly token: string;
  readonly description: string;
  status: "active" | "inactive";
  permissions: readonly Permission[];
}

/** Somebody who reads from InfluxDB by a name, which its older API calls a token, and a password. */
interface Reader extends Authorization {
  password?: string;
}

/** What InfluxDB and Vault know, as plain data. */
export interface Servers {
  readonly administratorToken: string;
  readonly secretId: string;
  buckets: {
    readonly id: string;
    readonly name: string;
    retentionRules: readonly { readonly everySeconds: number }[];
  }[];
  authorizations: Authorization[];
  readers: Reader[];
  /** Vault's entries by their paths; one that was deleted has no data. */
  readonly entries: Record<string, { version: number; data: Record<string, unknown> | null }>;
  /** Those of Vault's tokens that are valid. */
  sessions: string[];
  /** Every token that was ever made, of either. */
  readonly tokens: string[];
  /** What was changed, in order. */
  readonly changes: string[];
  /** Happens whenever a token of InfluxDB's is made. */
  meanwhile?: () => void;
}

/** An InfluxDB that was set up, and a Vault that is empty. */
export function emptyServers(): Servers {
  return {
    administratorToken: "planted-administrator-token",
    secretId: "planted-secret-id",
    buckets: [],
    authorizations: [],
    readers: [],
    entries: {},
    sessions: [],
    tokens: [],
    changes: [],
  };
}

const REFUSED: Answer = { status: 401, body: { code: "unauthorized", message: "unauthorized access" } };
const UNKNOWN: Answer = { status: 404, body: { code: "not found", message: "not found" } };

/** Answers as InfluxDB and Vault do, both at one address. */
export function answerOf(servers: Servers, question: Question): Answer {
  const { what } = question;
  if (what === "GET /health" || what === "GET /v1/sys/health") {
    return { status: 200 };
  }
  return what.includes(" /v1/") ? answerOfVault(servers, question) : answerOfInfluxDb(servers, question);
}

function answerOfVault(servers: Servers, { what, headers, body }: Question): Answer {
  const json = body === "" ? {} : JSON.parse(body);
  if (what === "POST /v1/auth/approle/login") {
    if (json.role_id !== "influxdb" || json.secret_id !== servers.secretId) {
      return { status: 400, body: { errors: ["invalid role or secret ID"] } };
    }
    const token = made(servers, "vault");
    servers.sessions.push(token);
    return { status: 200, body: { auth: { client_token: token } } };
  }
  const session = String(headers["x-vault-token"]);
  const [, method = "", path = ""] = /^(GET|POST) \/v1\/secret\/data\/(.+)$/.exec(what) ?? [];
  if (!servers.sessions.includes(session)) {
    return { status: 403, body: { errors: ["permission denied"] } };
  }
  if (what === "POST /v1/auth/token/revoke-self") {
    servers.sessions = servers.sessions.filter((each) => each !== session);
    return { status: 204 };
  }
  const entry = servers.entries[path];
  if (method === "GET") {
    const { version, data } = entry ?? {};
    const known = entry === undefined ? { errors: [] } : { data: { data, metadata: { version } } };
    return { status: data ? 200 : 404, body: known };
  }
  const version = entry?.version ?? 0;
  if (json.options.cas !== version) {
    return { status: 400, body: { errors: ["check-and-set parameter did not match the current version"] } };
  }
  servers.entries[path] = { version: version + 1, data: json.data };
  servers.changes.push(`Vault keeps ${path}`);
  return { status: 200, body: { data: { version: version + 1 } } };
}

function answerOfInfluxDb(servers: Servers, question: Question): Answer {
  const { what, query, headers, body } = question;
  if (/^POST \/api\/v2\/(write|query)$/.test(what)) {
    return answerToPoints(servers, question);
  }
  if (what === "GET /query") {
    return answerToReader(servers, question);
  }
  if (headers.authorization !== `Token ${servers.administratorToken}`) {
    return REFUSED;
  }
  if (what.includes(" /private/legacy/")) {
    return answerAboutReaders(servers, question);
  }
  const json = body === "" ? {} : JSON.parse(body);
  const [, method = "", kind = "", id] = /^(\w+) \/api\/v2\/(\w+)(?:\/(.+))?$/.exec(what) ?? [];
  const bucket = servers.buckets.find((each) => each.id === id || each.name === query.get("name"));
  const authorization = servers.authorizations.find((each) => each.id === id);
  switch (`${method} ${kind}${id === undefined ? "" : "/id"}`) {
    case "GET orgs":
      return { status: 200, body: { orgs: [{ id: `id-of-${query.get("org")}` }] } };
    case "GET buckets":
      return bucket === undefined ? UNKNOWN : { status: 200, body: { buckets: [bucket] } };
    case "POST buckets": {
      const added = { id: `id-of-${json.name}`, name: json.name, retentionRules: json.retentionRules };
      servers.buckets.push(added);
      servers.changes.push(`the bucket ${json.name} is made`);
      return { status: 201, body: added };
    }
    case "PATCH buckets/id":
      if (bucket !== undefined) {
        bucket.retentionRules = json.retentionRules;
        servers.changes.push(`the bucket ${bucket.name} is changed`);
      }
      return bucket === undefined ? UNKNOWN : { status: 200, body: bucket };
    case "GET authorizations":
      return { status: 200, body: { authorizations: servers.authorizations.map(withoutToken) } };
    case "POST authorizations": {
      const token = made(servers, "influxdb");
      const { description, permissions } = json;
      const added: Authorization = { id: `id-of-${token}`, token, description, permissions, status: "active" };
      servers.authorizations.push(added);
      servers.changes.push(`${description} is made`);
      servers.meanwhile?.();
      return { status: 201, body: added };
    }
    case "GET authorizations/id":
      return authorization === undefined ? UNKNOWN : { status: 200, body: withoutToken(authorization) };
    case "DELETE authorizations/id":
      servers.authorizations = servers.authorizations.filter((each) => each !== authorization);
      servers.changes.push(`${authorization?.description} is deleted`);
      return { status: 204 };
    default:
      return UNKNOWN;
  }
}

/** Whoever brings a token and no point learns whether they could write, or reads nothing. */
function answerToPoints({ authorizations, changes }: Servers, { what, query, headers, body }: Question): Answer {
  const isWrite = what.endsWith("/write");
  const bucket = isWrite ? query.get("bucket") : /from\(bucketID: "([^"]+)"\)/.exec(JSON.parse(body).query)?.[1];
  const holder = authorizations.find(({ token }) => headers.authorization === `Token ${token}`);
  if (holder?.status !== "active") {
    return REFUSED;
  }
  if (isWrite && body !== "") {
    changes.push(`a point is written to ${bucket}`);
  }
  const wanted = isWrite ? "write" : "read";
  const isAllowed = holder.permissions.some(({ action, resource }) => action === wanted && resource.id === bucket);
  return isAllowed ? { status: isWrite ? 204 : 200 } : UNKNOWN;
}

function answerAboutReaders(servers: Servers, { what, query, body }: Question): Answer {
  const json = body === "" ? {} : JSON.parse(body);
  const [, method = "", id, part = ""] =
    /^(\w+) \/private\/legacy\/authorizations(?:\/([^/]+))?(\/password)?$/.exec(what) ?? [];
  const reader = servers.readers.find((each) => each.id === id);
  switch (`${method}${id === undefined ? "" : " id"}${part}`) {
    case "GET": {
      const name = query.get("token");
      const found = servers.readers.filter(({ token }) => name === null || token === name);
      const authorizations = found.map(({ password: _, ...rest }) => rest);
      return name !== null && found.length === 0 ? UNKNOWN : { status: 200, body: { authorizations } };
    }
    case "POST": {
      if (servers.readers.some(({ token }) => token === json.token)) {
        return { status: 409, body: { message: "token already exists" } };
      }
      const { token, description, permissions } = json;
      const added: Reader = { id: `id-of-${token}`, token, description, permissions, status: "active" };
      servers.readers.push(added);
      servers.changes.push(`the reader ${token} is made`);
      return { status: 201, body: added };
    }
    case "POST id/password":
      if (reader !== undefined) {
        reader.password = json.password;
        servers.changes.push(`the reader ${reader.token} has a password`);
      }
      return reader === undefined ? UNKNOWN : { status: 204 };
    case "DELETE id":
      servers.readers = servers.readers.filter((each) => each !== reader);
      servers.changes.push(`the reader ${reader?.token} is deleted`);
      return { status: 204 };
    default:
      return UNKNOWN;
  }
}

/** Whoever brings a name and a password reads what they may. */
function answerToReader({ readers, buckets }: Servers, { query, headers }: Question): Answer {
  const bucket = buckets.find(({ name }) => name === query.get("db"));
  const reader = readers.find(({ token, password }) => {
    const given = Buffer.from(`${token}:${password}`).toString("base64");
    return password !== undefined && headers.authorization === `Basic ${given}`;
  });
  const isAllowed = reader?.permissions.some(({ action, resource }) => action === "read" && resource.id === bucket?.id);
  return reader?.status === "active" && isAllowed ? { status: 200, body: { results: [] } } : REFUSED;
}

function withoutToken({ token: _, ...rest }: Authorization) {
  return rest;
}

function made({ tokens }: Servers, by: string): string {
  const token = `planted-${by}-token-${tokens.length}`;
  tokens.push(token);
  return token;
}
