import type { DeclaredRoute } from "../../../ops/declaration/declaration";
import type { Answer, askHost } from "../../../ops/verification/asking";
import { routeFindings } from "../../../ops/verification/routes";
import { serve } from "../../support/http-server";
import { environmentLike, environmentNamed } from "../../support/testing";

const local = environmentNamed("local");
const route: DeclaredRoute = { host: "api.localhost", audience: "public", probe: { path: "/health", status: 200 } };
const DAY = 24 * 60 * 60 * 1000;
const certificate = { expires: new Date(Date.now() + 60 * DAY), refusal: undefined };
const redirect: Answer = { status: 301, milliseconds: 3, location: "https://api.localhost/health" };

/** A host that is as it should be, but for what a test changes. */
const answers =
  (status: number, changes: Partial<Answer> = {}, plain: Partial<Answer> = {}): typeof askHost =>
  async ({ certificates }, { encrypted }) =>
    certificates.kind !== "none" && !encrypted
      ? { ...redirect, ...plain }
      : { status, milliseconds: 12.4, ...(encrypted ? { certificate } : {}), ...changes };

test.each<[string, Partial<DeclaredRoute>, string, number]>([
  ["its probe's status", {}, "local", 200],
  ["another status that its probe expects", { probe: { path: "/", status: 403 } }, "local", 403],
  ["what it should to an operator on a laptop, who need not sign in", { audience: "operators" }, "local", 200],
  ["by sending an operator to where they sign in", { audience: "operators" }, "lan", 302],
])("a host that answers %s is well", async (_, changes, environment, status) => {
  const findings = await routeFindings(environmentNamed(environment), [{ ...route, ...changes }], answers(status));

  expect(findings).toEqual([{ subject: "api.localhost", state: "ok", message: `answers ${status} in 12 ms` }]);
});

test.each<[string, Partial<DeclaredRoute>, string, number, number]>([
  ["another status", {}, "local", 404, 200],
  ["an operators' page to whoever asks", { audience: "operators" }, "lan", 200, 302],
])("a host that answers %s has failed", async (_, changes, environment, status, wanted) => {
  const findings = await routeFindings(environmentNamed(environment), [{ ...route, ...changes }], answers(status));

  expect(findings).toEqual([
    {
      subject: "api.localhost",
      state: "failed",
      message: `answers ${status} in 12 ms to /health, and should answer ${wanted}`,
    },
  ]);
});

test.each<[string, Partial<Answer>, Partial<Answer>, string]>([
  [
    "whose certificate ends soon",
    { certificate: { ...certificate, expires: new Date(Date.now() + 3.5 * DAY) } },
    {},
    "answers 200 in 12 ms; its certificate ends in 3 days, and should have been renewed",
  ],
  [
    "whose certificate is another's",
    { certificate: { ...certificate, refusal: "Host: api.localhost. is not in the cert's altnames" } },
    {},
    "answers 200 in 12 ms; its certificate is another's: Host: api.localhost. is not in the cert's altnames",
  ],
  [
    "that shows its page without encryption",
    {},
    { status: 200, location: undefined },
    "answers 200 in 12 ms; answers 200 without encryption, and should send to https://api.localhost (301)",
  ],
  [
    "that sends somewhere else",
    {},
    { location: "https://example.org/" },
    "answers 200 in 12 ms; answers 301 without encryption, and should send to https://api.localhost (301)",
  ],
])("a host with TLS %s has failed", async (_, changes, plain, message) => {
  const findings = await routeFindings(environmentNamed("lan"), [route], answers(200, changes, plain));

  expect(findings).toEqual([{ subject: "api.localhost", state: "failed", message }]);
});

describe("on a laptop", () => {
  test("a host is asked at the loopback address, by its name", async () => {
    const asked: string[] = [];
    const server = await serve(({ what, query, headers }) => {
      asked.push(`${what}?${query} at ${headers.host}`);
      return { status: 204 };
    });
    const environment = environmentLike("local", { ports: { ...local.ports, http: Number(new URL(server.url).port) } });
    const probed = { ...route, probe: { path: "/graphql?query=x", status: 204 } };
    const findings = await routeFindings(environment, [probed]);
    server.close();

    expect(asked).toEqual(["GET /graphql?query=x at api.localhost"]);
    expect(findings).toEqual([
      { subject: "api.localhost", state: "ok", message: expect.stringMatching(/^answers 204 in \d+ ms$/) },
    ]);
  });

  test("a host that nobody answers for has failed, and says why", async () => {
    const server = await serve(() => ({ status: 200 }));
    server.close();
    const environment = environmentLike("local", { ports: { ...local.ports, http: Number(new URL(server.url).port) } });

    expect(await routeFindings(environment, [route])).toEqual([
      { subject: "api.localhost", state: "failed", message: expect.stringMatching(/^does not answer: .*ECONNREFUSED/) },
    ]);
  });
});
