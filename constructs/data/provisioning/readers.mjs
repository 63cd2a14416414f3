// Who reads from InfluxDB with a name and a password, by its older API: unlike a token's value, a password can be
// chosen, so that it is known before InfluxDB runs.
import { ask, differs, secret } from "./requests.mjs";

/**
 * @typedef {{ url: string, organizationId: string, bucketIds: Record<string, string>, mark: string }} Server
 * @typedef {(path: string, options?: object) => Promise<{ status: number, body: any }>} Ask
 */

/**
 * Brings the readers to the plan, and removes those that are not in it any more.
 *
 * @param {Server} server
 * @param {Ask} askAsAdministrator asks below `private/legacy`
 * @param {Record<string, { buckets: string[] }>} readers
 */
export async function settleReaders(server, askAsAdministrator, readers) {
  for (const [name, { buckets }] of Object.entries(readers)) {
    await settleReader(server, askAsAdministrator, name, buckets);
  }
  const { body } = await askAsAdministrator(`authorizations?orgID=${server.organizationId}`);
  for (const { id, token, description } of body.authorizations) {
    if (description.startsWith(server.mark) && !(token in readers)) {
      differs(`${token} can still read`);
      await askAsAdministrator(`authorizations/${id}`, { method: "DELETE" });
      console.log(`${token} can read no more`);
    }
  }
}

/**
 * @param {Server} server
 * @param {Ask} askAsAdministrator
 * @param {string} name
 * @param {string[]} buckets
 */
async function settleReader(server, askAsAdministrator, name, buckets) {
  const password = secret(`${name}-password`);
  const found = await readerNamed(askAsAdministrator, name);
  if (found !== undefined && reads(found, server, buckets) && (await isLetIn(server, name, password, buckets))) {
    return;
  }
  differs(`${name} cannot read what it should, or can read more`);
  if (found !== undefined) {
    await askAsAdministrator(`authorizations/${found.id}`, { method: "DELETE" });
  }
  const { organizationId: orgID, bucketIds, mark } = server;
  const permissions = buckets.map((bucket) => ({
    action: "read",
    resource: { type: "buckets", id: bucketIds[bucket], orgID },
  }));
  const { body: made } = await askAsAdministrator("authorizations", {
    method: "POST",
    json: { orgID, token: name, description: `${mark}${name}`, permissions },
  });
  await askAsAdministrator(`authorizations/${made.id}/password`, { method: "POST", json: { password } });
  console.log(`${name} can read ${buckets.join(", ")}`);
}

/** @param {Ask} askAsAdministrator @param {string} name */
async function readerNamed(askAsAdministrator, name) {
  const { body } = await askAsAdministrator(`authorizations?token=${name}`, { accept: [404] });
  return body.authorizations?.[0];
}

/** @param {any} reader @param {Server} server @param {string[]} buckets */
function reads(reader, { bucketIds }, buckets) {
  const described = reader.permissions.map((/** @type {any} */ { action, resource }) => `${action} ${resource.id}`);
  const wanted = buckets.map((bucket) => `read ${bucketIds[bucket]}`);
  return reader.status === "active" && JSON.stringify(described.sort()) === JSON.stringify(wanted.sort());
}

/** @param {Server} server @param {string} name @param {string} password @param {string[]} buckets */
async function isLetIn({ url }, name, password, buckets) {
  const authorization = `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`;
  for (const bucket of buckets) {
    const { status } = await ask(`${url}/query?db=${bucket}&q=${encodeURIComponent("SHOW MEASUREMENTS LIMIT 1")}`, {
      headers: { authorization },
      accept: [401, 403],
    });
    if (status !== 200) {
      return false;
    }
  }
  return true;
}
