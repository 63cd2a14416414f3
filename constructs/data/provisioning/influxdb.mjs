// Brings InfluxDB to what the plan says, and hands its tokens to Vault; with `--verify` proves it.
// InfluxDB chooses the value of a token and tells it once, so whoever makes it must keep it.
import { settleReaders } from "./readers.mjs";
import { ask, differs, plan, secret, untilReady } from "./requests.mjs";

const DAY_SECONDS = 86_400;
/** Marks the tokens that are this task's. */
const MARK = "sprocket:";

const { url, organization, buckets, tokens, readers, vault } = plan;

/** @param {string} api */
const asAdministrator =
  (api) =>
  (/** @type {string} */ path, /** @type {object} */ options = {}) =>
    ask(`${url}/${api}/${path}`, { ...options, headers: { authorization: `Token ${secret("administrator-token")}` } });
const influx = asAdministrator("api/v2");

await untilReady(`${url}/health`);
await untilReady(`${vault.url}/v1/sys/health?standbyok=true`);
const vaultToken = await signInToVault();
try {
  const organizationId = await idOfOrganization();
  const bucketIds = await settle(buckets, (bucket) => settleBucket(organizationId, bucket));
  const held = await settle(tokens, (token) => settleToken(organizationId, bucketIds, token));
  await removeFormerTokens(organizationId, Object.values(held));
  const server = { url, organizationId, bucketIds, mark: MARK };
  await settleReaders(server, asAdministrator("private/legacy"), readers);
} finally {
  await askVault("auth/token/revoke-self", { method: "POST" });
}

/**
 * Does something for each of several things, one after the other.
 *
 * @template T, R
 * @param {Record<string, T>} things
 * @param {(thing: T & { name: string }) => Promise<R>} work
 * @returns {Promise<Record<string, R>>}
 */
async function settle(things, work) {
  /** @type {Record<string, R>} */
  const results = {};
  for (const [name, thing] of Object.entries(things)) {
    results[name] = await work({ ...thing, name });
  }
  return results;
}

async function signInToVault() {
  const { body } = await ask(`${vault.url}/v1/auth/approle/login`, {
    method: "POST",
    json: { role_id: vault.role, secret_id: secret("vault-secret-id") },
  });
  return body.auth.client_token;
}

/** @param {string} path @param {object} [options] */
function askVault(path, options) {
  return ask(`${vault.url}/v1/${path}`, { ...options, headers: { "x-vault-token": vaultToken } });
}

async function idOfOrganization() {
  const { status, body } = await influx(`orgs?org=${encodeURIComponent(organization)}`, { accept: [401] });
  if (status === 401) {
    throw new Error(
      "InfluxDB was set up with another administrator's token than Vault keeps. Bring that token back to Vault, or remove InfluxDB's volume and lose its points.",
    );
  }
  return body.orgs[0].id;
}

/** @param {string} organizationId @param {{ name: string, retentionDays: number }} bucket */
async function settleBucket(organizationId, { name, retentionDays }) {
  const everySeconds = retentionDays * DAY_SECONDS;
  const found = await bucketNamed(organizationId, name);
  if (found !== undefined && found.retentionRules[0]?.everySeconds === everySeconds) {
    return found.id;
  }
  differs(`the bucket ${name} is not there, or keeps its points for another time`);
  // Shorter than InfluxDB would choose for a longer retention, which it refuses to keep for a shorter one.
  const retentionRules = [{ type: "expire", everySeconds, shardGroupDurationSeconds: DAY_SECONDS }];
  const { body } =
    found === undefined
      ? await influx("buckets", { method: "POST", json: { orgID: organizationId, name, retentionRules } })
      : await influx(`buckets/${found.id}`, { method: "PATCH", json: { retentionRules } });
  console.log(`the bucket ${name} keeps its points for ${retentionDays} days`);
  return body.id;
}

/** @param {string} organizationId @param {string} name */
async function bucketNamed(organizationId, name) {
  const { body } = await influx(`buckets?orgID=${organizationId}&name=${name}`, { accept: [404] });
  return body.buckets?.[0];
}

/**
 * @param {string} organizationId
 * @param {Record<string, string>} bucketIds
 * @param {{ name: string, access: string, buckets: string[], path: string, rotation: number }} token
 * @returns {Promise<string>} the id by which InfluxDB knows the token
 */
async function settleToken(organizationId, bucketIds, token) {
  const permissions = token.buckets.map((bucket) => ({
    action: token.access,
    resource: { type: "buckets", id: bucketIds[bucket], orgID: organizationId },
  }));
  const entry = `${vault.mount}/data/${token.path}`;
  const { body } = await askVault(entry, { accept: [404] });
  const kept = body.data?.data ?? {};
  if (await isAsWanted(organizationId, token, kept, permissions)) {
    return kept.authorization;
  }
  differs(`Vault's entry ${token.path} has no token that does what it should`);
  const { body: made } = await influx("authorizations", {
    method: "POST",
    json: { orgID: organizationId, description: `${MARK}${token.name}`, permissions },
  });
  await askVault(entry, {
    method: "POST",
    json: {
      // Somebody else's write in between is not overwritten.
      options: { cas: body.data?.metadata?.version ?? 0 },
      data: { value: made.token, authorization: made.id, rotation: token.rotation },
    },
  });
  console.log(`${token.name} has a new token`);
  return made.id;
}

/**
 * Whether the token that Vault keeps is of this rotation, and does what it should and no more.
 *
 * @param {string} organizationId
 * @param {{ name: string, access: string, rotation: number }} token
 * @param {{ value?: string, authorization?: string, rotation?: number }} kept
 * @param {object[]} permissions
 */
async function isAsWanted(organizationId, { name, access, rotation }, kept, permissions) {
  if (kept.value === undefined || kept.rotation !== rotation) {
    return false;
  }
  const { status, body } = await influx(`authorizations/${kept.authorization}`, { accept: [404] });
  if (status === 404 || body.status !== "active" || body.description !== `${MARK}${name}`) {
    return false;
  }
  const described = (/** @type {any[]} */ list) =>
    list.map(({ action, resource }) => `${action} ${resource.type} ${resource.id}`).sort();
  return (
    JSON.stringify(described(body.permissions)) === JSON.stringify(described(permissions)) &&
    (await isAccepted(organizationId, kept.value, access, permissions))
  );
}

/**
 * @param {string} organizationId
 * @param {string} value
 * @param {string} access
 * @param {any[]} permissions
 */
async function isAccepted(organizationId, value, access, permissions) {
  const headers = { authorization: `Token ${value}` };
  const accept = [401, 403, 404];
  for (const { resource } of permissions) {
    const { status } =
      access === "write"
        ? // Nothing is written, and InfluxDB says whether it could have been.
          await ask(`${url}/api/v2/write?orgID=${organizationId}&bucket=${resource.id}`, {
            method: "POST",
            headers,
            accept,
          })
        : await ask(`${url}/api/v2/query?orgID=${organizationId}`, {
            method: "POST",
            headers,
            json: { query: `from(bucketID: "${resource.id}") |> range(start: -1s) |> limit(n: 1)` },
            accept,
          });
    if (accept.includes(status)) {
      return false;
    }
  }
  return true;
}

/**
 * Deletes this task's tokens that nobody holds any more: replaced ones, and those of holders that are gone.
 *
 * @param {string} organizationId
 * @param {string[]} held
 */
async function removeFormerTokens(organizationId, held) {
  const { body } = await influx(`authorizations?orgID=${organizationId}`);
  for (const { id, description } of body.authorizations) {
    if (description.startsWith(MARK) && !held.includes(id)) {
      differs(`a former token of ${description.slice(MARK.length)} is still valid`);
      await influx(`authorizations/${id}`, { method: "DELETE" });
      console.log(`a former token of ${description.slice(MARK.length)} is deleted`);
    }
  }
}
