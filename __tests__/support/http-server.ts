import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** What a server is asked. */
export interface Question {
  /** The method and the path, such as `GET /health`. */
  readonly what: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  /**
   * A text or bytes as they are, or what is written as JSON.
   *
   * @default - nothing
   */
  readonly body?: unknown;
}

/** A server on a port of its own. */
export interface HttpServer {
  readonly url: string;
  close(): void;
}

/**
 * Answers questions by HTTP until it is closed.
 *
 * @param socket the path of a socket to answer at in place of a port
 */
export async function serve(answerOf: (question: Question) => Answer, socket?: string): Promise<HttpServer> {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? "", "http://localhost");
    const what = `${request.method} ${pathname}`;
    const { status, body } = answerOf({ what, query, headers: request.headers, body: await text(request) });
    // The next server may answer at the same socket, where no connection to this one must be left.
    response.setHeader("connection", "close");
    response.writeHead(status).end(typeof body === "object" && !Buffer.isBuffer(body) ? JSON.stringify(body) : body);
  });
  const close = () => {
    server.close();
  };
  if (socket !== undefined) {
    await new Promise<void>((listening) => server.listen(socket, listening));
    return { url: `unix://${socket}`, close };
  }
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close };
}

/** A port that nobody listens at. */
export async function freePort(): Promise<number> {
  const { url, close } = await serve(() => ({ status: 200 }));
  close();
  return Number(new URL(url).port);
}
