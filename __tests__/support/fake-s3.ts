import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** The keys that it knows: one that may do anything, one that may do nothing to buckets, and another customer's. */
export const OWNER = "OWNER";
export const LIMITED = "LIMITED";
export const STRANGER = "STRANGER";

/** What a server does otherwise than it should. */
export interface Quirks {
  /** Writes whatever the condition. */
  readonly ignoresConditions?: boolean;
  /** Does not know conditions, and says so. */
  readonly refusesConditions?: boolean;
  /** Takes customer keys and does not encrypt. */
  readonly ignoresCustomerKeys?: boolean;
  /** Does not take customer keys, and says so. */
  readonly refusesCustomerKeys?: boolean;
  /** In a bucket with versions, what was deleted counts as there. */
  readonly lockedForEverWithVersions?: boolean;
  /** In a bucket with versions it writes whatever the condition. */
  readonly ignoresConditionsWithVersions?: boolean;
  /** Lets who is refused write nevertheless. */
  readonly writesWhatItRefuses?: boolean;
  /** Does not know versions, and says so. */
  readonly refusesVersions?: boolean;
  /** Does not take rules about how objects age. */
  readonly refusesLifecycles?: boolean;
}

interface Version {
  readonly id: string;
  /** Undefined for what was deleted. */
  readonly body?: Buffer;
  readonly customerKey?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What it has of a bucket. The newest version of an object comes last. */
export interface FakeBucket {
  readonly owner: string;
  readonly objects: Map<string, Version[]>;
  versioning?: string;
  lifecycle?: string;
  isPublic?: boolean;
}

interface Reply {
  readonly status: number;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Request {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  /** Whose key signed it; undefined for nobody's. */
  readonly user: string | undefined;
  readonly bucket: string;
  readonly key: string;
}

const XMLNS = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const KEY_HEADER = "x-amz-server-side-encryption-customer-key-md5";
const CURRENT = "null";

/** Answers as an S3 server does, with buckets in the path, as far as states need it. */
export class FakeS3 {
  readonly buckets = new Map<string, FakeBucket>();
  /** What changed something, as method and path, in its order. */
  readonly changes: string[] = [];
  private count = 0;
  private readonly server = createServer(async (incoming, response) => {
    const { pathname, searchParams: query } = new URL(incoming.url ?? "", "http://localhost");
    const [, bucket = "", ...rest] = pathname.split("/").map(decodeURIComponent);
    const { method = "", headers } = incoming;
    const user = /Credential=([^/]+)/.exec(headers.authorization ?? "")?.[1];
    const body = await buffer(incoming);
    const reply = this.answer({ method, query, headers, body, user, bucket, key: rest.join("/") });
    response.writeHead(reply.status, reply.headers).end(method === "HEAD" ? undefined : reply.body);
  });

  private constructor(private readonly quirks: Quirks) {}

  static async start(quirks: Quirks = {}): Promise<FakeS3> {
    const fake = new FakeS3(quirks);
    await new Promise<void>((listening) => fake.server.listen(0, "127.0.0.1", listening));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Makes a bucket without being asked. */
  make(name: string, bucket: Partial<FakeBucket> = {}): FakeBucket {
    const made: FakeBucket = { owner: OWNER, objects: new Map(), ...bucket };
    this.buckets.set(name, made);
    return made;
  }

  /** Puts an object into a bucket without being asked. */
  plant(bucket: string, key: string, body: string, customerKey?: string): void {
    const found = this.buckets.get(bucket);
    this.write(found as FakeBucket, key, Buffer.from(body), customerKey === undefined ? undefined : md5Of(customerKey));
  }

  /** The keys of all that a bucket has, in any version. */
  keysIn(bucket: string): readonly string[] {
    return [...(this.buckets.get(bucket)?.objects ?? new Map()).keys()].sort();
  }

  private answer(request: Request): Reply {
    const { method, bucket: name, key, query, user } = request;
    const bucket = this.buckets.get(name);
    const isChange = ["PUT", "DELETE"].includes(method);
    if (
      user === LIMITED &&
      key === "" &&
      (isChange || ["versioning", "lifecycle", "acl"].some((it) => query.has(it)))
    ) {
      return refusal(403, "AccessDenied");
    }
    if (isChange) {
      this.changes.push(`${method} ${name}${key === "" ? "" : "/"}${key}`);
    }
    if (bucket === undefined) {
      return key === "" && method === "PUT" && user !== undefined
        ? this.create(name, user)
        : refusal(404, "NoSuchBucket");
    }
    if (!isAllowed(bucket, user, method)) {
      return key === "" && method === "PUT" && query.size === 0
        ? refusal(409, "BucketAlreadyExists")
        : refusal(403, "AccessDenied");
    }
    return key === "" ? this.answerForBucket(bucket, request) : this.answerForObject(bucket, request);
  }

  private create(name: string, user: string): Reply {
    this.make(name, { owner: user });
    return { status: 200 };
  }

  private answerForBucket(bucket: FakeBucket, { method, query, body, bucket: name }: Request): Reply {
    if (method === "DELETE") {
      if (bucket.objects.size > 0) {
        return refusal(409, "BucketNotEmpty");
      }
      this.buckets.delete(name);
      return { status: 204 };
    }
    if (query.has("versioning")) {
      if (method === "PUT" && this.quirks.refusesVersions) {
        return refusal(501, "NotImplemented");
      }
      bucket.versioning = method === "PUT" ? /<Status>(\w+)</.exec(body.toString())?.[1] : bucket.versioning;
      const status = bucket.versioning === undefined ? "" : `<Status>${bucket.versioning}</Status>`;
      return xml(`<VersioningConfiguration ${XMLNS}>${status}</VersioningConfiguration>`);
    }
    if (query.has("lifecycle")) {
      if (method === "PUT" && this.quirks.refusesLifecycles) {
        return refusal(501, "NotImplemented");
      }
      bucket.lifecycle = method === "PUT" ? body.toString() : bucket.lifecycle;
      return bucket.lifecycle === undefined ? refusal(404, "NoSuchLifecycleConfiguration") : xml(bucket.lifecycle);
    }
    if (query.has("acl")) {
      return xml(aclOf(bucket));
    }
    return query.has("versions") ? xml(versionsOf(bucket, query)) : xml(listOf(bucket, query));
  }

  private answerForObject(bucket: FakeBucket, request: Request): Reply {
    const { method, key, query } = request;
    if (method === "PUT") {
      return this.put(bucket, request);
    }
    if (method === "DELETE") {
      this.remove(bucket, key, query.get("versionId"));
      return { status: 204 };
    }
    const versions = bucket.objects.get(key) ?? [];
    const wanted = query.get("versionId");
    const version = wanted === null ? versions.at(-1) : versions.find(({ id }) => id === wanted);
    if (version?.body === undefined) {
      return refusal(404, "NoSuchKey");
    }
    if (!this.quirks.ignoresCustomerKeys && version.customerKey !== request.headers[KEY_HEADER]) {
      return refusal(400, "InvalidRequest");
    }
    return { status: 200, body: version.body, headers: version.headers };
  }

  private put(bucket: FakeBucket, { key, headers, body }: Request): Reply {
    const { quirks } = this;
    const isVersioned = bucket.versioning === "Enabled";
    const customerKey = headers[KEY_HEADER] as string | undefined;
    const newest = bucket.objects.get(key)?.at(-1);
    const isThere = newest?.body !== undefined || (isVersioned && quirks.lockedForEverWithVersions && newest);
    const isIgnored = quirks.ignoresConditions || (isVersioned && quirks.ignoresConditionsWithVersions);
    const isConditional = headers["if-none-match"] === "*";
    if ((customerKey !== undefined && quirks.refusesCustomerKeys) || (isConditional && quirks.refusesConditions)) {
      return refusal(501, "NotImplemented");
    }
    const isRefused = isConditional && isThere && !isIgnored;
    const version =
      isRefused && !quirks.writesWhatItRefuses ? undefined : this.write(bucket, key, body, customerKey, headers);
    return isRefused ? refusal(412, "PreconditionFailed") : { status: 200, headers: version?.headers };
  }

  private write(
    bucket: FakeBucket,
    key: string,
    body: Buffer,
    customerKey?: string,
    headers: IncomingMessage["headers"] = {},
  ): Version {
    this.count += 1;
    const keeps = bucket.versioning === "Enabled";
    const id = keeps ? `v${this.count}` : CURRENT;
    const metadata = Object.entries(headers).filter(([name]) => name.startsWith("x-amz-meta-")) as [string, string][];
    const version: Version = {
      id,
      body,
      customerKey,
      headers: {
        etag: `"${this.count}"`,
        "last-modified": new Date().toUTCString(),
        ...(keeps ? { "x-amz-version-id": id } : {}),
        ...Object.fromEntries(metadata),
      },
    };
    bucket.objects.set(key, [...(bucket.objects.get(key) ?? []).filter((it) => it.id !== id), version]);
    return version;
  }

  private remove(bucket: FakeBucket, key: string, id: string | null): void {
    const versions = bucket.objects.get(key) ?? [];
    const marks = id === null && bucket.versioning === "Enabled";
    this.count += 1;
    const left = marks
      ? [...versions, { id: `v${this.count}`, headers: {} }]
      : versions.filter((version) => version.id !== (id ?? CURRENT));
    bucket.objects.set(key, left);
    if (left.length === 0) {
      bucket.objects.delete(key);
    }
  }
}

function isAllowed({ owner, isPublic }: FakeBucket, user: string | undefined, method: string): boolean {
  return user === owner || (user === LIMITED && owner === OWNER) || (isPublic === true && method === "GET");
}

function aclOf({ owner, isPublic }: FakeBucket): string {
  const grant = (grantee: string) => `<Grant>${grantee}<Permission>READ</Permission></Grant>`;
  const type = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type';
  const everybody = `<Grantee ${type}="Group"><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee>`;
  return [
    `<AccessControlPolicy ${XMLNS}><Owner><ID>${owner}</ID></Owner><AccessControlList>`,
    grant(`<Grantee ${type}="CanonicalUser"><ID>${owner}</ID></Grantee>`),
    isPublic ? grant(everybody) : "",
    "</AccessControlList></AccessControlPolicy>",
  ].join("");
}

function listOf({ objects }: FakeBucket, query: URLSearchParams): string {
  const keys = [...objects].flatMap(([key, versions]) => (versions.at(-1)?.body === undefined ? [] : key));
  return `<ListBucketResult ${XMLNS}>${page(keys, query, "continuation-token", (key) => `<Contents><Key>${key}</Key></Contents>`)}</ListBucketResult>`;
}

function versionsOf({ objects }: FakeBucket, query: URLSearchParams): string {
  const found = [...objects].flatMap(([key, versions]) => versions.map((version) => ({ key, ...version })));
  const prefix = query.get("prefix") ?? "";
  const entries = found
    .filter(({ key }) => key.startsWith(prefix))
    .map(({ key, id, body }) => {
      const kind = body === undefined ? "DeleteMarker" : "Version";
      return `<${kind}><Key>${key}</Key><VersionId>${id}</VersionId></${kind}>`;
    });
  const [shown, rest] = [entries.slice(0, PAGE), entries.slice(PAGE)];
  return `<ListVersionsResult ${XMLNS}>${shown.join("")}<IsTruncated>${rest.length > 0}</IsTruncated></ListVersionsResult>`;
}

/** How many things it lists at once. */
const PAGE = 3;

function page(keys: readonly string[], query: URLSearchParams, token: string, write: (key: string) => string): string {
  const after = query.get(token) ?? "";
  const wanted = keys.filter((key) => key.startsWith(query.get("prefix") ?? "") && key > after).sort();
  const shown = wanted.slice(0, PAGE);
  const isTruncated = wanted.length > PAGE;
  const next = isTruncated ? `<NextContinuationToken>${shown.at(-1)}</NextContinuationToken>` : "";
  return `${shown.map(write).join("")}<IsTruncated>${isTruncated}</IsTruncated>${next}`;
}

function md5Of(customerKey: string): string {
  return createHash("md5").update(Buffer.from(customerKey, "base64")).digest("base64");
}

function xml(body: string): Reply {
  return {
    status: 200,
    body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
    headers: { "content-type": "application/xml" },
  };
}

function refusal(status: number, code: string): Reply {
  return { ...xml(`<Error><Code>${code}</Code><Message>planted</Message></Error>`), status };
}
