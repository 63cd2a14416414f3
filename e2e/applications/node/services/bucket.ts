import { AwsClient } from "aws4fetch";
import type { Given } from "../contract/given";

interface BucketSettings {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const FIRST_REGION = "us-east-1";
const PRESIGNED_SECONDS = 300;

/** A bucket, addressed by path. As the applications' client does, it first asks where the bucket is. */
export class Bucket {
  readonly #settings: BucketSettings;
  #region: Promise<string> | undefined;

  constructor(settings: BucketSettings) {
    this.#settings = settings;
  }

  /** The bucket that an application calls by a key of `minio.bucketNames`. */
  static of(given: Given, name: "replays" | "image_generation"): Bucket {
    return new Bucket({
      host: given.text("minio.endPoint"),
      port: given.number("minio.port"),
      secure: given.flag("minio.useSSL"),
      name: given.text(`minio.bucketNames.${name}`),
      accessKeyId: given.secret("minio-access.txt"),
      secretAccessKey: given.secret("minio-secret.txt"),
    });
  }

  /** The region of the bucket. */
  region(): Promise<string> {
    this.#region ??= this.#askForRegion().catch((error) => {
      this.#region = undefined;
      throw error;
    });
    return this.#region;
  }

  /** Writes an object. */
  async put(key: string, body: string, type = "application/octet-stream"): Promise<void> {
    await this.#send(await this.region(), this.#url(key), { method: "PUT", body, headers: { "content-type": type } });
  }

  /** Reads an object. */
  async get(key: string): Promise<string> {
    return (await this.#send(await this.region(), this.#url(key))).text();
  }

  /** The keys of the first thousand objects. */
  async keys(): Promise<readonly string[]> {
    const response = await this.#send(await this.region(), `${this.#url("")}?list-type=2`);
    return [...(await response.text()).matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = ""]) => key);
  }

  /** A URL by which somebody without a key reads or writes an object for a while. */
  async presigned(key: string, method: "GET" | "PUT" = "GET"): Promise<string> {
    const url = `${this.#url(key)}?X-Amz-Expires=${PRESIGNED_SECONDS}`;
    const { url: signed } = await this.#client(await this.region()).sign(url, { method, aws: { signQuery: true } });
    return signed;
  }

  async #askForRegion(): Promise<string> {
    const response = await this.#send(FIRST_REGION, `${this.#url("")}?location`);
    const [, region = FIRST_REGION] = /<LocationConstraint[^>]*>([^<]+)</.exec(await response.text()) ?? [];
    return region;
  }

  async #send(region: string, url: string, init: RequestInit = {}): Promise<Response> {
    const response = await this.#client(region).fetch(url, init);
    if (!response.ok) {
      throw new Error(`${init.method ?? "GET"} ${url}: ${response.status} ${await response.text()}`);
    }
    return response;
  }

  #client(region: string): AwsClient {
    const { accessKeyId, secretAccessKey } = this.#settings;
    return new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", retries: 0 });
  }

  #url(key: string): string {
    const { host, port, secure, name } = this.#settings;
    return new URL(`/${name}/${key}`, `${secure ? "https" : "http"}://${host}:${port}`).href.replace(/\/$/, "");
  }
}
