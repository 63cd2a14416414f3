import { request } from "node:http";
import { hostName } from "../../config/hosts";
import { environment } from "../environment";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface AskOptions {
  readonly method?: string;
  readonly path?: string;
  /** The address to connect to. */
  readonly address?: string;
  readonly port?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/** Asks a public host of the environment, by its label, through Traefik. */
export function askHost(label: string, options: AskOptions = {}): Promise<Answer> {
  return ask({ ...options, headers: { host: hostName(environment, label), ...options.headers } });
}

/** Sends one HTTP request on a connection of its own. */
export function ask({
  method = "GET",
  path = "/",
  address = "127.0.0.1",
  port = environment.ports.http,
  headers = {},
  json,
}: AskOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { method, path, host: address, port, headers, agent: false, timeout: 10_000 },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer within 10 s")));
    outgoing.on("error", reject);
    outgoing.end(json === undefined ? undefined : JSON.stringify(json));
  });
}
