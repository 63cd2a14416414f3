import { createServer } from "node:http";
import { complain, messageOf, report } from "./report";
import { IS_UNHEALTHY } from "./version";

/** What is answered to a request. */
export interface Page {
  readonly status?: number;
  readonly type?: string;
  readonly body: string;
}

/** What answers requests, by path. */
export type Routes = Readonly<Record<string, (url: URL) => Page | Promise<Page>>>;

export interface ServerOptions {
  readonly port: number;
  readonly routes: Routes;
  /** The path that the health check asks for. */
  readonly healthPath: string;
  /** What answers every other path. @default - there is no such page */
  readonly otherwise?: (url: URL) => Page;
}

/** A page of JSON. */
export function json(value: unknown, status = 200): Page {
  return { status, type: "application/json", body: JSON.stringify(value) };
}

/** A page for people. */
export function html(body: string, status = 200): Page {
  return { status, type: "text/html; charset=utf-8", body: `<!doctype html><title>Stand-in</title>${body}` };
}

/** A text as it can stand in HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Answers requests; what fails is answered with 500 and the reason. */
export function listen({ port, routes, healthPath, otherwise = () => json({}, 404) }: ServerOptions): void {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://here");
    const { status = 200, type = "text/plain", body } = await pageOf(url);
    response.writeHead(status, { "content-type": type });
    response.end(body);
  });
  server.listen(port, "0.0.0.0", () => report(`listening on ${port}`));

  async function pageOf(url: URL): Promise<Page> {
    if (IS_UNHEALTHY && url.pathname === healthPath) {
      return json({ error: "this version is unhealthy" }, 500);
    }
    try {
      return await (routes[url.pathname] ?? otherwise)(url);
    } catch (error) {
      complain(url.pathname, error);
      return json({ error: messageOf(error) }, 500);
    }
  }
}
