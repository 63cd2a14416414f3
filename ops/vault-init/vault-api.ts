import { z } from "zod";

/** Longer than Vault itself works on a request: an answer that nobody waits for may hold keys. */
const LONGEST_SECONDS = 100;

/** A request to Vault's API. */
export interface VaultRequest {
  readonly method: "GET" | "POST" | "PUT";
  /** With the version of the API, such as `/v1/sys/health`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /**
   * What is sent along.
   *
   * @default - nothing
   */
  readonly json?: unknown;
}

/** A way to a Vault. */
export type VaultDoor = (request: VaultRequest) => Promise<{ readonly status: number; readonly body: string }>;

const stateSchema = z.object({ initialized: z.boolean(), sealed: z.boolean(), standby: z.boolean() });

/** How a Vault is. */
export type VaultState = z.infer<typeof stateSchema>;

/** What Vault does not do, in its own words. */
export class VaultRefusal extends Error {
  constructor(
    readonly status: number,
    { method, path }: VaultRequest,
    body: string,
  ) {
    super(`it answers ${status} to ${method} ${path}: ${body.trim()}`);
    this.name = "VaultRefusal";
  }
}

/** A Vault's API, as whoever has a token finds it, or as anybody does. */
export class VaultApi {
  constructor(
    private readonly door: VaultDoor,
    private readonly token?: string,
  ) {}

  /** The same Vault, with a token. */
  as(token: string): VaultApi {
    return new VaultApi(this.door, token);
  }

  /**
   * Calls the API.
   *
   * @param path without the version, such as `sys/health`
   * @throws VaultRefusal when Vault refuses
   */
  async call<T>(method: VaultRequest["method"], path: string, json?: unknown): Promise<T> {
    const headers: VaultRequest["headers"] = this.token === undefined ? {} : { "x-vault-token": this.token };
    const request: VaultRequest = { method, path: `/v1/${path}`, headers, json };
    const { status, body } = await this.door(request);
    if (status >= 300) {
      throw new VaultRefusal(status, request, body);
    }
    return (body === "" ? undefined : JSON.parse(body)) as T;
  }

  /**
   * Asks how it is.
   *
   * @throws Error when what answers is no Vault
   */
  async state(): Promise<VaultState> {
    const { success, data } = stateSchema.safeParse(
      await this.call("GET", "sys/health?standbyok=true&sealedcode=200&uninitcode=200"),
    );
    if (!success) {
      throw new Error("what answers is no Vault");
    }
    return data;
  }
}

/** The way to the Vault at an address. */
export function doorTo(address: string): VaultDoor {
  return async ({ method, path, headers, json }) => {
    const response = await fetch(`${address}${path}`, {
      method,
      headers,
      body: json === undefined ? undefined : JSON.stringify(json),
      redirect: "manual",
      signal: AbortSignal.timeout(LONGEST_SECONDS * 1000),
    });
    return { status: response.status, body: await response.text() };
  };
}
