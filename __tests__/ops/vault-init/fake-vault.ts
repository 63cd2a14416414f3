import { type Answer, serve } from "../../support/http-server";

/** What a Vault gives out when it is initialised. */
export const RECOVERY_KEYS = ["first-key", "second-key", "third-key"];
export const ROOT_TOKEN = "hvs.root";
export const FIRST_TOKEN = "hvs.first";

/** What is asked of a Vault that is initialised as it should be, and by whom. */
export const EVERY_CALL = [
  "nobody PUT /v1/sys/init",
  "nobody GET /v1/sys/health",
  "nobody GET /v1/sys/health",
  `${ROOT_TOKEN} PUT /v1/sys/policies/acl/administrator`,
  `${ROOT_TOKEN} POST /v1/auth/token/create-orphan`,
  `${FIRST_TOKEN} GET /v1/sys/policies/acl/administrator`,
  `${ROOT_TOKEN} POST /v1/auth/token/revoke-self`,
  `${ROOT_TOKEN} GET /v1/auth/token/lookup-self`,
  `${FIRST_TOKEN} GET /v1/sys/policies/acl/administrator`,
];

interface Options {
  /**
   * Answers in place of its own, by what is asked and, where it matters, by whom.
   *
   * @default - none
   */
  readonly changed?: Readonly<Record<string, Answer>>;
  /** @default - empty */
  readonly state?: { readonly initialized: boolean; readonly sealed: boolean };
  /**
   * Is told of each request before it is answered.
   *
   * @default - nobody
   */
  readonly watch?: (call: string) => void;
}

/** A Vault with a seal that opens it some time after it was initialised, and only what it takes to initialise it. */
export async function fakeVault({ changed = {}, state, watch = () => {} }: Options = {}) {
  const calls: string[] = [];
  const bodies: Record<string, unknown> = {};
  const tokens = new Set<string>();
  let { initialized, sealed } = state ?? { initialized: false, sealed: true };
  const own = (what: string, token: string): Answer => {
    switch (what) {
      case "GET /v1/sys/health": {
        const body = { initialized, sealed, standby: sealed };
        sealed = !initialized;
        return { status: 200, body };
      }
      case "PUT /v1/sys/init":
        initialized = true;
        tokens.add(ROOT_TOKEN);
        return { status: 200, body: { recovery_keys_base64: RECOVERY_KEYS, root_token: ROOT_TOKEN } };
      case "POST /v1/auth/token/create-orphan":
        tokens.add(FIRST_TOKEN);
        return { status: 200, body: { auth: { client_token: FIRST_TOKEN, lease_duration: 7200 } } };
      case "POST /v1/auth/token/revoke-self":
        tokens.delete(token);
        return { status: 204 };
      default:
        return tokens.has(token) ? { status: 200, body: {} } : { status: 403, body: { errors: ["permission denied"] } };
    }
  };
  const { url, close } = await serve(({ what, headers, body }) => {
    const token = String(headers["x-vault-token"] ?? "nobody");
    const call = `${token} ${what}`;
    calls.push(call);
    bodies[what] = body === "" ? undefined : JSON.parse(body);
    watch(call);
    return changed[call] ?? changed[what] ?? own(what, token);
  });
  return { url, close, calls, bodies };
}
