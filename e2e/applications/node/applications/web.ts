import type { Given } from "../contract/given";
import { escaped, html, listen, type Page } from "../services/http";
import { messageOf } from "../services/report";
import { VERSION } from "../services/version";
import type { Application } from "./application";

const PORT = Number(process.env.PORT ?? 3000);
const LOGIN_PATH = "/auth/login";
const BAD_GATEWAY = 502;

/** The web site. It starts with anything, and says only on its pages what is missing. */
export const web: Application = {
  entry: "/app/clients/web/build/index.js",
  start,
  whenStartFails: "ends",
  answersFaults: (faults) =>
    listen({ port: PORT, routes: {}, healthPath: LOGIN_PATH, otherwise: () => html(escaped(faults.join("\n")), 500) }),
};

async function start(given: Given): Promise<void> {
  const api = given.text("client.gqlUrl");
  const routes = {
    [LOGIN_PATH]: () => html(`<a href="${given.flag("client.secure") ? "https" : "http"}://${api}/login">Log in</a>`),
    "/": () => home(api),
  };
  listen({ port: PORT, routes, healthPath: LOGIN_PATH });
}

/** The server asks the API by plain HTTP, whatever browsers do. */
async function home(api: string): Promise<Page> {
  try {
    const response = await fetch(`http://${api}/round-trip`);
    const answer = await response.text();
    if (!response.ok) {
      throw new Error(`${response.status} ${answer}`);
    }
    return html(`<h1>Version ${escaped(VERSION)}</h1><pre id="round-trip">${escaped(answer)}</pre>`);
  } catch (error) {
    return html(`<p>${escaped(`http://${api}: ${messageOf(error)}`)}</p>`, BAD_GATEWAY);
  }
}
