import { createHash } from "node:crypto";
import type { S3 } from "@aws-sdk/client-s3";
import { reasonOf } from "../diagnosis/check";
import { OperatorError } from "../operator-error";
import type { AccessKey } from "./keys";
import type { S3Server } from "./place";

/** Longer than a slow server takes for anything that is asked here. */
const LONGEST_MILLISECONDS = 30_000;
const LONGEST_CONNECTING_MILLISECONDS = 5_000;
/** A later version will need a newer Node.js; this one is pinned, and who runs a command can do nothing about it. */
const NO_WARNING = "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED";
const CHECKSUM_HEADERS = /^x-amz-(sdk-)?checksum-/i;

/** An S3 server, as whoever has a key finds it, or as anybody does. */
export interface Door {
  readonly s3: S3;
  readonly endpoint: string;
  /** Who asks, for errors. */
  readonly who: string;
}

/**
 * Opens the way to an S3 server.
 *
 * @param key without it, as anybody
 */
export async function doorTo({ endpoint, pathStyle }: S3Server, key?: AccessKey): Promise<Door> {
  process.env[NO_WARNING] ??= "true";
  // Slow to load, and seldom needed.
  const { S3 } = await import("@aws-sdk/client-s3");
  const s3 = new S3({
    endpoint,
    forcePathStyle: pathStyle,
    // What Terraform signs with; where the bucket is, the endpoint says.
    region: "us-east-1",
    credentials: key ?? { accessKeyId: "nobody", secretAccessKey: "nothing" },
    ...(key === undefined ? { signer: { sign: async (request) => request } } : {}),
    // Servers like Spaces do not know the newer checksums.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { connectionTimeout: LONGEST_CONNECTING_MILLISECONDS, requestTimeout: LONGEST_MILLISECONDS },
  });
  s3.middlewareStack.add(
    (next) => (args) => {
      const { headers, body } = args.request as { headers: Record<string, string>; body?: string | Uint8Array };
      const checksums = Object.keys(headers).filter((name) => CHECKSUM_HEADERS.test(name));
      if (checksums.length > 0 && body !== undefined) {
        for (const name of checksums) {
          delete headers[name];
        }
        headers["content-md5"] = createHash("md5").update(body).digest("base64");
      }
      return next(args);
    },
    // After the one that adds them.
    { step: "build", priority: "low" },
  );
  return { s3, endpoint, who: key === undefined ? "without a key" : `with the key in ${key.variable}` };
}

/** Something that an S3 server does not do, or that it was not reached. */
export class S3Error extends OperatorError {
  private constructor(
    message: string,
    /** The status by HTTP; undefined where there was no answer. */
    readonly status: number | undefined,
    /** What S3 calls it, such as `NoSuchBucket`. */
    readonly code: string,
  ) {
    super(message);
  }

  /**
   * @param where what was asked for
   * @param what how, such as `GetObject`
   */
  static of(error: unknown, { endpoint, who }: Door, where: string, what: string): S3Error {
    const { name: code = "", $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
    const status = $metadata?.httpStatusCode;
    return status === undefined
      ? new S3Error(`${endpoint} cannot be reached: ${reasonOf(error)}`, status, code)
      : new S3Error(
          `${endpoint} answers ${status} to ${what} of ${where}, ${who}: ${reasonOf(error)} (${code})`,
          status,
          code,
        );
  }
}

/** Whether something failed because the server does not know it, or does not do it. */
export function isUnknown(error: unknown): error is S3Error {
  return isAnswer(error, 400, 501);
}

/** Whether something failed with one of these answers. */
export function isAnswer(error: unknown, ...statuses: readonly number[]): error is S3Error {
  return error instanceof S3Error && error.status !== undefined && statuses.includes(error.status);
}
