import type { S3 } from "@aws-sdk/client-s3";
import { type Door, isAnswer, S3Error } from "./s3";

/** What servers answer to who reads with another key than what was written with, or with none. */
export const WRONG_KEY = [400, 403];

/** What a bucket says of an object. */
export interface StoredObject {
  readonly etag: string;
  readonly modified: Date;
  /** Undefined where the bucket keeps none. */
  readonly version: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What is told of an object when it is written. */
interface PutOptions {
  /**
   * Whether to write only where there is none.
   *
   * @default false
   */
  readonly onlyNew?: boolean;
  /** @default - none */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A bucket, whose objects are encrypted by a key of the customer's or not at all. */
export class Bucket {
  constructor(
    private readonly door: Door,
    readonly name: string,
    private readonly customerKey?: string,
  ) {}

  /** The same bucket, with objects that this key encrypts, or none. */
  with(customerKey: string | undefined): Bucket {
    return new Bucket(this.door, this.name, customerKey);
  }

  /**
   * Asks the server.
   *
   * @param what S3's name of it
   * @param where what it is about
   * @throws S3Error
   */
  async ask<T>(what: string, asking: (s3: S3, bucket: string) => Promise<T>, where = this.name): Promise<T> {
    try {
      return await asking(this.door.s3, this.name);
    } catch (error) {
      throw S3Error.of(error, this.door, where, what);
    }
  }

  /**
   * Writes an object.
   *
   * @returns the version, where the bucket keeps versions
   * @throws S3Error
   */
  async put(key: string, body: string | Uint8Array, { onlyNew = false, metadata }: PutOptions = {}) {
    const { VersionId } = await this.askFor("PutObject", key, (s3, common) =>
      s3.putObject({
        ...common,
        Body: body,
        ContentType: "application/json",
        Metadata: metadata,
        ...(onlyNew ? { IfNoneMatch: "*" } : {}),
      }),
    );
    return versionOf(VersionId);
  }

  /**
   * Reads an object.
   *
   * @returns undefined where there is none
   * @throws S3Error
   */
  async get(key: string): Promise<(StoredObject & { readonly body: Buffer }) | undefined> {
    return orUndefined(
      this.askFor("GetObject", key, async (s3, common) => {
        const output = await s3.getObject(common);
        return { ...stored(output), body: Buffer.from((await output.Body?.transformToByteArray()) ?? []) };
      }),
    );
  }

  /**
   * Whether an object is kept from who asks for it with this key, or without any.
   *
   * @throws S3Error
   */
  async refuses(key: string): Promise<boolean> {
    try {
      await this.get(key);
      return false;
    } catch (error) {
      if (isAnswer(error, ...WRONG_KEY)) {
        return true;
      }
      throw error;
    }
  }

  /**
   * Asks for what is known of an object.
   *
   * @returns undefined where there is none
   * @throws S3Error
   */
  async head(key: string): Promise<StoredObject | undefined> {
    return orUndefined(this.askFor("HeadObject", key, async (s3, common) => stored(await s3.headObject(common))));
  }

  /**
   * Deletes an object; where the bucket keeps versions, they stay.
   *
   * @throws S3Error
   */
  async delete(key: string): Promise<void> {
    await this.ask("DeleteObject", (s3, bucket) => s3.deleteObject({ Bucket: bucket, Key: key }), this.pathOf(key));
  }

  /**
   * The keys of all objects that begin so.
   *
   * @throws S3Error
   */
  async keys(prefix: string): Promise<readonly string[]> {
    const found: string[] = [];
    let token: string | undefined;
    do {
      const page = await this.ask("ListObjectsV2", (s3, bucket) =>
        s3.listObjectsV2({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
      );
      found.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
    return found;
  }

  /**
   * Deletes all that begins so, every version of it.
   *
   * @throws S3Error
   */
  async wipe(prefix: string): Promise<void> {
    let more = true;
    while (more) {
      const page = await this.ask("ListObjectVersions", (s3, bucket) =>
        s3.listObjectVersions({ Bucket: bucket, Prefix: prefix }),
      );
      for (const { Key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) {
        await this.ask("DeleteObject", (s3, bucket) => s3.deleteObject({ Bucket: bucket, Key, VersionId }));
      }
      more = page.IsTruncated === true;
    }
  }

  private askFor<T>(
    what: string,
    key: string,
    asking: (s3: S3, common: { Bucket: string; Key: string }) => Promise<T>,
  ): Promise<T> {
    const encryption =
      this.customerKey === undefined ? {} : { SSECustomerAlgorithm: "AES256", SSECustomerKey: this.customerKey };
    return this.ask(what, (s3, bucket) => asking(s3, { Bucket: bucket, Key: key, ...encryption }), this.pathOf(key));
  }

  private pathOf(key: string): string {
    return `${this.name}/${key}`;
  }
}

function stored(output: {
  readonly ETag?: string;
  readonly LastModified?: Date;
  readonly VersionId?: string;
  readonly Metadata?: Record<string, string>;
}): StoredObject {
  return {
    etag: output.ETag ?? "",
    modified: output.LastModified ?? new Date(0),
    version: versionOf(output.VersionId),
    metadata: output.Metadata ?? {},
  };
}

/** What is written while versioning is suspended is replaced by what is written next. */
function versionOf(given: string | undefined): string | undefined {
  return given === "null" ? undefined : given;
}

async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    // A bucket that is missing is no answer about an object.
    if (isAnswer(error, 404) && error.code !== "NoSuchBucket") {
      return undefined;
    }
    throw error;
  }
}
