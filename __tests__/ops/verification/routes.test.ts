import type { DeclaredRoute } from "../../../ops/declaration/declaration";
import { routeFindings } from "../../../ops/verification/routes";
import { serve } from "../../support/http-server";
import { environmentLike, environmentNamed } from "../../support/testing";

const local = environmentNamed("local");
const route: DeclaredRoute = { host: "api.localhost", audience: "public", probe: { path: "/health", status: 200 } };
const answers = (status: number) => async () => ({ status, milliseconds: 12.4 });

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
