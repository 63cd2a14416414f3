import type { Answer } from "./http";

/** One way to a Vault: a request to its API. */
export type VaultDoor = (options: {
  method?: string;
  path: string;
  json?: unknown;
  headers?: Readonly<Record<string, string>>;
}) => Promise<Answer>;

/** A Vault's API, as tools use it. */
export class Vault {
  constructor(
    private readonly door: VaultDoor,
    private readonly token?: string,
  ) {}

  /** The same Vault, with a token. */
  withToken(token: string): Vault {
    return new Vault(this.door, token);
  }

  /** Signs in by user name and password. */
  signIn(username: string, password: string): Promise<Vault> {
    return this.signInBy(`auth/userpass/login/${username}`, { password });
  }

  /** Signs in where, and with what, a way of signing in wants. */
  async signInBy(path: string, proof: object): Promise<Vault> {
    const { auth } = await this.call<{ auth: { client_token: string } }>("POST", path, proof);
    return this.withToken(auth.client_token);
  }

  /** Whether it is initialised, and sealed. */
  async health(): Promise<{ initialized: boolean; sealed: boolean; standby: boolean }> {
    const { body } = await this.door({ path: "/v1/sys/health" });
    return JSON.parse(body);
  }

  /**
   * Calls its API.
   *
   * @throws Error with Vault's own words when it refuses
   */
  async call<T>(method: string, path: string, json?: unknown): Promise<T> {
    const { status, body } = await this.door({
      method,
      path: `/v1/${path}`,
      json,
      headers: this.token === undefined ? {} : { "x-vault-token": this.token },
    });
    if (status >= 400) {
      throw new Error(`Vault answered ${status} to ${method} ${path}: ${body}`);
    }
    return (body === "" ? undefined : JSON.parse(body)) as T;
  }
}
