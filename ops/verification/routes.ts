import { isEncrypted, publicPort } from "../../config/hosts";
import type { Environment } from "../../config/schema";
import type { DeclaredRoute } from "../declaration/declaration";
import { type Answer, askHost } from "./asking";
import { certificateProblems } from "./certificate";
import { type Finding, worst } from "./finding";

/** Traefik answers so to whoever asks without encryption. */
const MOVED_PERMANENTLY = 301;
const SIGN_IN = 302;

type Judgement = Pick<Finding, "state" | "message">;

/**
 * Asks every declared host from outside, as a browser would: for its page, and where there is TLS for its certificate and
 * for the way there from plain HTTP.
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
  const { host, probe } = route;
  const encrypted = isEncrypted(environment);
  const question = { host, path: probe.path, port: publicPort(environment), encrypted };
  try {
    const [answer, plain] = await Promise.all([
      ask(environment, question),
      encrypted ? ask(environment, { ...question, port: environment.ports.http, encrypted: false }) : undefined,
    ]);
    const judgements = [
      judgedStatus(environment, route, answer),
      ...(answer.certificate === undefined
        ? []
        : certificateProblems(answer.certificate).map((message) => ({ state: "failed" as const, message }))),
      ...(plain === undefined ? [] : judgedRedirect(host, plain)),
    ];
    return {
      subject: host,
      state: worst(judgements.map(({ state }) => state)),
      message: judgements.map(({ message }) => message).join("; "),
    };
  } catch (error) {
    return { subject: host, state: "failed", message: `does not answer: ${(error as Error).message}` };
  }
}

function judgedStatus({ signIn }: Environment, { audience, probe }: DeclaredRoute, answer: Answer): Judgement {
  const wanted = audience === "operators" && signIn.kind !== "none" ? SIGN_IN : probe.status;
  const says = `answers ${answer.status} in ${Math.round(answer.milliseconds)} ms`;
  return answer.status === wanted
    ? { state: "ok", message: says }
    : { state: "failed", message: `${says} to ${probe.path}, and should answer ${wanted}` };
}

function judgedRedirect(host: string, { status, location }: Answer): readonly Judgement[] {
  return status === MOVED_PERMANENTLY && location?.startsWith(`https://${host}`)
    ? []
    : [
        {
          state: "failed",
          message: `answers ${status} without encryption, and should send to https://${host} (${MOVED_PERMANENTLY})`,
        },
      ];
}
