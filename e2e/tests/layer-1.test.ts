import { environment } from "../environment";
import { outsideAddress } from "../support/addresses";
import { diff } from "../support/cdktf";
import { ask, askHost } from "../support/http";
import { measured } from "../support/report";
import { namesOf } from "../support/swarm";
import { Terraform } from "../support/terraform";

describe("Layer 1", () => {
  test("gives four services", async () => {
    expect(await namesOf("services")).toEqual(
      expect.arrayContaining([
        "sprocket-e2e-socket-proxy",
        "sprocket-e2e-traefik",
        "sprocket-e2e-vault",
        "sprocket-e2e-vault-bootstrap",
      ]),
    );
  });

  test("needs nothing more: the second plan is empty, and so is the diff that people see", async () => {
    const { exitCode } = await new Terraform("e2e-layer-1").plan();
    const shown = await diff("e2e-layer-1");

    expect(exitCode).toBe(0);
    expect(shown.exitCode).toBe(0);
    expect(shown.output).toContain("No changes. Your infrastructure matches the configuration.");
    measured("cdktf diff of Layer 1 with nothing to change", `${shown.seconds.toFixed(1)} s`);
  });

  test("answers operators on the machine itself, with security headers", async () => {
    const { status, headers } = await askHost("traefik", { path: "/api/overview" });

    expect(status).toBe(200);
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "SAMEORIGIN" });
  });

  test("answers 404 for a host that nobody declared", async () => {
    expect((await askHost("nobody")).status).toBe(404);
  });

  test("answers 403 to whoever does not come from the machine itself", async () => {
    const address = await outsideAddress();

    expect((await askHost("traefik", { path: "/api/overview", address })).status).toBe(403);
    expect((await ask({ path: "/v1/sys/health", address, port: environment.ports.vault })).status).toBe(403);
  });

  test("keeps its API and its metrics off the entry points that are published", async () => {
    expect((await ask({ path: "/metrics" })).status).toBe(404);
    expect((await ask({ path: "/api/rawdata" })).status).toBe(404);
    expect((await ask({ path: "/ping" })).status).toBe(404);
  });
});
