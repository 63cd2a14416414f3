import { request as plainRequest, type RequestOptions } from "node:http";
import { request as encryptedRequest } from "node:https";
import { hostName } from "../../config/hosts";
import type { Environment } from "../../config/schema";
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
  /** The authority to trust, in PEM; with it the request is encrypted. */
  readonly ca?: string;
}

/** Asks a public host of the environment, by its label, through Traefik. */
export function askHost(label: string, options: AskOptions = {}, of: Environment = environment): Promise<Answer> {
  return ask({ ...options, headers: { host: hostName(of, label), ...options.headers } });
}

/** Sends one HTTP request on a connection of its own. */
export function ask({
  method = "GET",
  path = "/",
  address = "127.0.0.1",
  port = environment.ports.http,
  headers = {},
  json,
  ca,
}: AskOptions): Promise<Answer> {
  const target: RequestOptions = { method, path, host: address, port, headers, agent: false, timeout: 10_000 };
  return new Promise((resolve, reject) => {
    const outgoing =
      ca === undefined ? plainRequest(target) : encryptedRequest({ ...target, ca, servername: headers.host });
    outgoing.on("response", (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer within 10 s")));
    outgoing.on("error", reject);
    outgoing.end(json === undefined ? undefined : JSON.stringify(json));
  });
}
