import { isTaken, type Publisher, portFinding } from "../../../ops/diagnosis/ports";
import { serve } from "../../support/http-server";
import { environmentNamed } from "../../support/testing";

const local = environmentNamed("local");
const traefik = "sprocket-local-traefik";
const found = (publishers: readonly Publisher[] | undefined | "free") =>
  portFinding(local, { port: 80, service: traefik }, publishers);

test("a port that nobody has is free", () => {
  expect(found("free")).toEqual({ subject: "port 80", state: "ok", message: "is free" });
});

test("a port that its own service has is well", () => {
  expect(found([{ port: 80, kind: "service", name: traefik }])).toEqual({
    subject: "port 80",
    state: "ok",
    message: `is published by ${traefik}`,
  });
});

test.each([
  ["service", "sprocket-other-traefik", "docker service rm sprocket-other-traefik"],
  ["container", "nginx", "docker stop nginx"],
] as const)("a port that another %s has has failed, and says whose it is", (kind, name, remedy) => {
  const publishers = [
    { port: 8080, kind: "service", name: traefik },
    { port: 80, kind, name },
  ] as const;

  expect(found(publishers)).toEqual({
    subject: "port 80",
    state: "failed",
    message: `is taken by the ${kind} ${name}`,
    remedy: `${remedy}, or change ports in config/environments/local.ts`,
  });
});

test("a port that a program outside Docker has has failed", () => {
  expect(found([{ port: 8080, kind: "service", name: traefik }])).toEqual({
    subject: "port 80",
    state: "failed",
    message: "is taken by a program outside Docker",
    remedy: expect.stringContaining("80"),
  });
});

test("a port of which Docker does not say who has it is unknown", () => {
  expect(found(undefined)).toMatchObject({ state: "unknown", message: "is taken; could not ask Docker by whom" });
});

test("a port is taken as long as somebody listens on it", async () => {
  const server = await serve(() => ({ status: 200 }));
  const port = Number(new URL(server.url).port);

  expect(await isTaken(port)).toBe(true);
  server.close();
  expect(await isTaken(port)).toBe(false);
});
