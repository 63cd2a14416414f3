import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import { reasonOf } from "../diagnosis/check";
import { OperatorError } from "../operator-error";
import { DigitalOceanRefusal } from "./refusal";

const ADDRESS = "https://api.digitalocean.com";
/** The environment variable of the token. */
export const TOKEN_VARIABLE = "DIGITALOCEAN_TOKEN";
const TOKENS_PAGE = "https://cloud.digitalocean.com/account/api/tokens";
const LONGEST_SECONDS = 30;
const MOST_TRIES = 4;
/** Between tries, where the API names no time. */
const PAUSE_SECONDS = 5;
/** A wish to wait for longer is not granted. */
const LONGEST_PAUSE_SECONDS = 60;
const TOO_MANY = 429;
const GONE = 404;

type Method = "GET" | "POST" | "DELETE";

/** DigitalOcean's API, as the token in `DIGITALOCEAN_TOKEN` may use it. */
export class DigitalOcean {
  private readonly base = process.env.DIGITALOCEAN_API_URL ?? ADDRESS;
  private readonly token: string;

  /**
   * @param rights what the token has to allow, for errors
   * @throws OperatorError without a token
   */
  constructor(private readonly rights: string) {
    const token = process.env[TOKEN_VARIABLE];
    if (!token) {
      throw new OperatorError(`${TOKEN_VARIABLE} is missing: make a token at ${TOKENS_PAGE} that may ${rights}`);
    }
    this.token = token;
  }

  /**
   * One thing.
   *
   * @param path such as `/v2/account`
   * @param thing what the answer looks like
   */
  async get<T>(path: string, thing: z.ZodType<T>): Promise<T> {
    return thing.parse(await this.asked("GET", path));
  }

  /**
   * Every element of a list, of all its pages.
   *
   * @param path such as `/v2/firewalls`
   * @param page what one page looks like
   */
  async list<T>(path: string, page: z.ZodType<Page<T>>): Promise<readonly T[]> {
    const elements: T[] = [];
    for (let next: string | undefined = path; next !== undefined; ) {
      const { items, following }: Page<T> = page.parse(await this.asked("GET", next));
      elements.push(...items);
      // Of what the API says only the path is taken: the token goes nowhere else.
      next = following && pathIn(new URL(following, this.base));
    }
    return elements;
  }

  async create(path: string, body: object): Promise<void> {
    await this.asked("POST", path, body);
  }

  /** What is gone already is fine. */
  async delete(path: string): Promise<void> {
    await this.asked("DELETE", path);
  }

  private async asked(method: Method, path: string, body?: object): Promise<unknown> {
    for (let tries = 1; ; tries += 1) {
      const response = await this.fetched(method, path, body);
      if (response.ok || (method === "DELETE" && response.status === GONE)) {
        return response.status === 200 ? response.json() : undefined;
      }
      // What was begun and failed may have been done: what makes something is not told twice.
      const isWorthAnother = response.status === TOO_MANY || (response.status >= 500 && method !== "POST");
      if (!isWorthAnother || tries === MOST_TRIES) {
        throw await this.refusal(method, path, response);
      }
      await sleep(pauseOf(response) * 1000);
    }
  }

  private async fetched(method: Method, path: string, body?: object): Promise<Response> {
    try {
      return await fetch(new URL(path, this.base), {
        method,
        headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(LONGEST_SECONDS * 1000),
      });
    } catch (error) {
      throw new OperatorError(`DigitalOcean does not answer at ${this.base}: ${reasonOf(error)}`);
    }
  }

  private async refusal(method: Method, path: string, response: Response): Promise<DigitalOceanRefusal> {
    const { status } = response;
    const { message = "no reason given" } = (await response.json().catch(() => ({}))) as { readonly message?: string };
    const answer = `DigitalOcean answers ${status} to ${method} ${path}: ${message}`;
    return new DigitalOceanRefusal(answer, this.adviceOn(status));
  }

  private adviceOn(status: number): string | undefined {
    switch (status) {
      case 401:
        return `The token in ${TOKEN_VARIABLE} is wrong or expired: make another at ${TOKENS_PAGE}`;
      case 403:
        return `The token in ${TOKEN_VARIABLE} needs the right to ${this.rights}, at least`;
      case TOO_MANY:
        return "The account asked too often; try again later";
      default:
        return undefined;
    }
  }
}

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page is; undefined on the last. */
  readonly following: string | undefined;
}

function pathIn({ pathname, search }: URL): string {
  return `${pathname}${search}`;
}

function pauseOf({ headers }: Response): number {
  const wished = Number(headers.get("retry-after") ?? PAUSE_SECONDS);
  return Number.isFinite(wished) ? Math.min(wished, LONGEST_PAUSE_SECONDS) : PAUSE_SECONDS;
}
