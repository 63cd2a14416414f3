import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { latencyOf, longestAnswer, send } from "../../bench/load";

const LOAD = { connections: 3, seconds: 1 };
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function target(answer: RequestListener) {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { urls: [`http://127.0.0.1:${port}/health`], host: "web.localhost", status: 204 };
}

test("requests are sent to the host's path, and their answers are measured", async () => {
  const asked = new Set<string>();
  const { answered, latency, failures } = await send(
    await target(({ headers, url }, response) => {
      asked.add(`${headers.host}${url}`);
      response.writeHead(204).end();
    }),
    LOAD,
  );

  expect([...asked]).toEqual(["web.localhost/health"]);
  expect(answered).toBeGreaterThan(0);
  expect(latency).toEqual({ p50: expect.any(Number), p95: expect.any(Number), p99: expect.any(Number) });
  expect(failures).toEqual({ timeouts: 0, connections: {}, closed: 0, statuses: {} });
});

test("another status than the wanted one is a failure, though it is one of success", async () => {
  const { answered, latency, failures } = await send(await target((_, response) => response.end()), LOAD);

  expect({ answered, latency }).toEqual({ answered: 0, latency: undefined });
  expect(failures.statuses).toEqual({ 200: expect.any(Number) });
});

test("an answer that does not come in time is a failure", async () => {
  const { failures } = await send(await target(() => undefined), { ...LOAD, seconds: 2 });

  expect(failures.timeouts).toBeGreaterThanOrEqual(LOAD.connections);
});

test("a connection that is closed in place of an answer is a failure", async () => {
  const { answered, failures } = await send(await target(({ socket }) => socket.end()), LOAD);

  expect(answered).toBe(0);
  expect(failures.closed).toBeGreaterThanOrEqual(LOAD.connections);
});

test("a port at which nobody answers is a failure of the connection", async () => {
  const { failures } = await send({ urls: ["http://127.0.0.1:1/"], host: "localhost", status: 200 }, LOAD);

  expect(failures.connections).toEqual({ ECONNREFUSED: expect.any(Number) });
});

test("an answer may take 5 seconds, and less in a short run", () => {
  expect([60, 10, 5, 2, 1].map((seconds) => longestAnswer({ seconds }))).toEqual([5, 5, 2, 1, 1]);
});

test("the 95th of 100 answers by time is what 95 of 100 did not exceed", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  expect(latencyOf(hundred)).toEqual({ p50: 50, p95: 95, p99: 99 });
  expect(latencyOf([7])).toEqual({ p50: 7, p95: 7, p99: 7 });
  expect(latencyOf([])).toBeUndefined();
});
