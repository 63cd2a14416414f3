import { request as plainRequest } from "node:http";
import { request as encryptedRequest } from "node:https";
import { isEncrypted, publicPort } from "../../config/hosts";
import type { Environment } from "../../config/schema";
import type { DeclaredRoute } from "../declaration/declaration";
import type { Finding } from "./finding";

const LONGEST_ANSWER_MILLISECONDS = 10_000;
const LOOPBACK = "127.0.0.1";

/** How a host answered. */
interface Answer {
  readonly status: number;
  readonly milliseconds: number;
}

/**
 * Asks every declared host from outside, as a browser would.
 *
 * @param ask asks one host; for tests
 */
export async function routeFindings(
  environment: Environment,
  routes: readonly DeclaredRoute[],
  ask: typeof askHost = askHost,
): Promise<readonly Finding[]> {
  return Promise.all(routes.map((route) => findingOf(environment, route, ask)));
}

async function findingOf(environment: Environment, route: DeclaredRoute, ask: typeof askHost): Promise<Finding> {
  const { host, audience, probe } = route;
  const asksToSignIn = audience === "operators" && environment.signIn.kind !== "none";
  const wanted = asksToSignIn ? 302 : probe.status;
  try {
    const { status, milliseconds } = await ask(environment, host, probe.path);
    const says = `answers ${status} in ${Math.round(milliseconds)} ms`;
    return status === wanted
      ? { subject: host, state: "ok", message: says }
      : { subject: host, state: "failed", message: `${says} to ${probe.path}, and should answer ${wanted}` };
  } catch (error) {
    return { subject: host, state: "failed", message: `does not answer: ${(error as Error).message}` };
  }
}

/** Asks a host: a laptop's own by its loopback address, and any other as its name is resolved. */
function askHost(environment: Environment, host: string, path: string): Promise<Answer> {
  const encrypted = isEncrypted(environment);
  const started = performance.now();
  const options = {
    host: environment.platform === "laptop" ? LOOPBACK : host,
    servername: host,
    port: publicPort(environment),
    path,
    headers: { host },
    agent: false,
    timeout: LONGEST_ANSWER_MILLISECONDS,
    // Which authority signs is the environment's choice; browsers do not know that of a LAN, and not Let's Encrypt's other.
    rejectUnauthorized: environment.certificates.kind === "acme" && environment.certificates.authority === "production",
  };
  return new Promise((resolve, reject) => {
    const outgoing = encrypted ? encryptedRequest(options) : plainRequest(options);
    outgoing.on("response", (answer) => {
      answer.resume();
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, milliseconds: performance.now() - started }));
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error(`not within ${LONGEST_ANSWER_MILLISECONDS / 1000} s`)));
    outgoing.on("error", reject);
    outgoing.end();
  });
}
