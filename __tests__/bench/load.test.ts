import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { numberOf } from "../../bench/failures";
import { latencyOf, longestAnswer, send, stepsOf } from "../../bench/load";

const LOAD = { connections: 3, seconds: 1, ramp: 0, rate: 0 };
const servers: Server[] = [];

afterAll(() => {
  for (const server of servers) {
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

test.concurrent("requests are sent to the host's path, and their answers are measured", async () => {
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

test.concurrent("another status than the wanted one is a failure, though it is one of success", async () => {
  const { answered, latency, failures } = await send(await target((_, response) => response.end()), LOAD);

  expect({ answered, latency }).toEqual({ answered: 0, latency: undefined });
  expect(failures.statuses).toEqual({ 200: expect.any(Number) });
});

test.concurrent("an answer that does not come in time is a failure", async () => {
  const { failures } = await send(await target(() => undefined), { ...LOAD, seconds: 2 });

  expect(failures.timeouts).toBeGreaterThanOrEqual(LOAD.connections);
});

test.concurrent("a connection that is closed in place of an answer is a failure", async () => {
  const { answered, failures } = await send(await target(({ socket }) => socket.end()), LOAD);

  expect(answered).toBe(0);
  expect(failures.closed).toBeGreaterThanOrEqual(LOAD.connections);
});

test.concurrent("a connection that is closed after an answer is no failure, nor is the time until the next request", async () => {
  const { latency, failures } = await send(
    await target((_, response) => response.writeHead(204, { connection: "close" }).end()),
    { ...LOAD, seconds: 2, rate: LOAD.connections },
  );

  expect(numberOf(failures)).toBe(0);
  expect(latency?.p50).toBeLessThan(500);
});

test.concurrent("half an answer is one failure, and what comes after it is none", async () => {
  let asked = 0;
  const { failures } = await send(
    await target((_, response) => {
      asked++;
      response.writeHead(200, { "content-length": 1000 });
      asked === 1 ? response.write("half") : response.end("x".repeat(1000));
    }).then((it) => ({ ...it, status: 200 })),
    { ...LOAD, connections: 1, seconds: 3 },
  );

  expect(failures).toEqual({ timeouts: 1, connections: {}, closed: 0, statuses: {} });
});

test.concurrent("a rate is what all connections send in a second, from the end of the ramp on", async () => {
  const { answered, seconds } = await send(await target((_, response) => response.writeHead(204).end()), {
    ...LOAD,
    connections: 60,
    seconds: 2,
    ramp: 1,
    rate: 120,
  });

  expect(seconds).toBeCloseTo(2, 0);
  expect(answered).toBeGreaterThanOrEqual(120);
  expect(answered).toBeLessThanOrEqual(360);
});

test.concurrent("what fails in the ramp is counted, and only what is answered after it is measured", async () => {
  let asked = 0;
  const { answered, failures } = await send(
    await target((_, response) => response.writeHead(++asked === 1 ? 503 : 204).end()),
    { connections: 1, seconds: 1, ramp: 2, rate: 1 },
  );

  expect(failures.statuses).toEqual({ 503: 1 });
  expect(answered).toBeLessThan(asked - 1);
});

test("connections are opened 50 at a time during the ramp, each step at a time of the second of its own", () => {
  const steps = stepsOf({ connections: 1000, ramp: 3, rate: 1000 });
  const times = steps.map(({ afterSeconds }) => afterSeconds);
  const parts = new Set(times.map((time) => (time % 1).toFixed(2)));

  expect(steps.map(({ connections }) => connections)).toEqual(Array(20).fill(50));
  expect(Math.max(...times)).toBeLessThan(3);
  expect(parts.size).toBe(20);
});

test("all connections and all requests are in the steps, and each connection has one at least", () => {
  const steps = stepsOf({ connections: 120, ramp: 0, rate: 125 });

  expect(steps).toEqual([
    { before: 0, connections: 50, afterSeconds: 0, rate: 52 },
    { before: 50, connections: 50, afterSeconds: 0, rate: 52 },
    { before: 100, connections: 20, afterSeconds: 0, rate: 21 },
  ]);
  expect(stepsOf({ connections: 1, ramp: 0, rate: 0 })).toEqual([
    { before: 0, connections: 1, afterSeconds: 0, rate: 0 },
  ]);
});

test.concurrent("a port at which nobody answers is a failure of the connection", async () => {
  const { failures } = await send({ urls: ["http://127.0.0.1:1/"], host: "localhost", status: 200 }, LOAD);

  expect(failures.connections).toEqual({ ECONNREFUSED: expect.any(Number) });
});

test("an answer may take 5 seconds, and less in a short run", () => {
  expect([60, 10, 5, 2, 1].map((seconds) => longestAnswer({ seconds, rate: 0 }))).toEqual([5, 5, 2, 1, 1]);
});

test("with a rate, an answer may take longer than a connection sends nothing", () => {
  expect([10, 3, 1].map((seconds) => longestAnswer({ seconds, rate: 1 }))).toEqual([5, 2, 2]);
});

test("the 95th of 100 answers by time is what 95 of 100 did not exceed", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  expect(latencyOf(hundred)).toEqual({ p50: 50, p95: 95, p99: 99 });
  expect(latencyOf([7])).toEqual({ p50: 7, p95: 7, p99: 7 });
  expect(latencyOf([])).toBeUndefined();
});
