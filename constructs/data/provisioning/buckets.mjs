// Makes the S3 server's buckets and says who may do what in them; with `--verify` proves it.
import { AwsClient } from "aws4fetch";
import { accepted, differs, plan, secret, untilReady } from "./requests.mjs";

const { url, region, rootAccessKeyId, buckets } = plan;
const root = new AwsClient({
  accessKeyId: rootAccessKeyId,
  secretAccessKey: secret("root-secret-access-key"),
  service: "s3",
  region,
});

await untilReady(`${url}/health`);
for (const bucket of buckets) {
  await settleBucket(bucket);
}

/** @param {{ name: string, readers: string[], writers: string[] }} bucket */
async function settleBucket({ name, readers, writers }) {
  const policy = JSON.stringify(policyOf(name, readers, writers));
  const { status } = await askRoot(`${url}/${name}`, { method: "HEAD" }, [404]);
  if (status === 404) {
    differs(`there is no bucket ${name}`);
    await askRoot(`${url}/${name}`, { method: "PUT" });
    console.log(`the bucket ${name} is made`);
  }
  const { body } = await askRoot(`${url}/${name}?policy`, {}, [404]);
  if (JSON.stringify(body) !== policy) {
    differs(`the policy of the bucket ${name} is another`);
    await askRoot(`${url}/${name}?policy`, { method: "PUT", body: policy });
    console.log(`the bucket ${name} is ${writers.join("'s, ")}'s to write`);
  }
}

/**
 * @param {string} target
 * @param {RequestInit} options
 * @param {number[]} [accept]
 */
async function askRoot(target, options, accept = []) {
  return accepted(await root.fetch(target, options), `${options.method ?? "GET"} ${target}`, accept);
}

/** @param {string} bucket @param {string[]} readers @param {string[]} writers */
function policyOf(bucket, readers, writers) {
  const arn = `arn:aws:s3:::${bucket}`;
  const write = ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"];
  return {
    Version: "2012-10-17",
    Statement: [
      allow([...readers, ...writers], ["s3:ListBucket", "s3:GetBucketLocation"], arn),
      allow([...readers, ...writers], ["s3:GetObject"], `${arn}/*`),
      allow(writers, write, `${arn}/*`),
    ],
  };
}

/** @param {string[]} users @param {string[]} actions @param {string} resource */
function allow(users, actions, resource) {
  return { Effect: "Allow", Principal: { AWS: users }, Action: actions, Resource: [resource] };
}
